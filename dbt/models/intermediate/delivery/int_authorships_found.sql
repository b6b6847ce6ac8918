with

int_change_authors_weighed as (

    select * from {{ ref('int_change_authors_weighed') }}

),

int_changes_merged as (

    select * from {{ ref('int_changes_merged') }}

),

int_issues_linked as (

    select * from {{ ref('int_issues_linked') }}

),

int_issues_timed as (

    select * from {{ ref('int_issues_timed') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

-- Items whose authors count: merged changes, and delivered issues with such code.
written_items as (

    select
        'merged_change' as item_kind,
        change_id as item_id,
        repository,
        mainline_sha,
        source_lines
    from int_changes_merged
    where is_counted
    union all
    select
        'issue' as item_kind,
        int_issues_linked.site || '/' || int_issues_linked.issue_id as item_id,
        int_changes_merged.repository,
        int_changes_merged.mainline_sha,
        int_changes_merged.source_lines
    from int_issues_linked
    inner join int_changes_merged
        on
            int_issues_linked.repository = int_changes_merged.repository
            and int_issues_linked.mainline_sha = int_changes_merged.mainline_sha
    inner join int_issues_timed
        on
            int_issues_linked.site = int_issues_timed.site
            and int_issues_linked.issue_id = int_issues_timed.issue_id
    where
        int_changes_merged.is_counted
        and int_issues_timed.is_finished
        and not int_issues_timed.is_undelivered

),

item_lines as (

    select
        item_kind,
        item_id,
        sum(source_lines) as item_source_lines
    from written_items
    group by item_kind, item_id

),

-- Lines are added per person before the share is taken: two e-mails are one author.
authors as (

    select
        written_items.item_kind,
        written_items.item_id,
        coalesce(
            int_accounts_resolved.person_id, int_change_authors_weighed.author_email
        ) as party,
        max(int_accounts_resolved.person_id) as person_id,
        max(int_accounts_resolved.reason) as reason,
        sum(int_change_authors_weighed.source_lines) as source_lines,
        bool_or(int_change_authors_weighed.is_co_author) as is_co_author
    from written_items
    inner join int_change_authors_weighed
        on
            written_items.repository = int_change_authors_weighed.repository
            and written_items.mainline_sha = int_change_authors_weighed.mainline_sha
    left join int_accounts_resolved
        on
            int_accounts_resolved.source = 'git'
            and int_change_authors_weighed.author_email
            = int_accounts_resolved.account_id
            and int_change_authors_weighed.authored_date
            = int_accounts_resolved.seen_date
    where int_change_authors_weighed.author_kind = 'human'
    group by
        written_items.item_kind,
        written_items.item_id,
        coalesce(
            int_accounts_resolved.person_id, int_change_authors_weighed.author_email
        )

),

authorships_found as (

    select
        ---------- ids
        authors.item_kind,
        authors.item_id,
        authors.party,
        authors.person_id,

        ---------- strings
        authors.reason,

        ---------- numerics
        cast(authors.source_lines as bigint) as source_lines,
        cast(item_lines.item_source_lines as bigint) as item_source_lines,

        ---------- booleans
        authors.is_co_author,
        authors.is_co_author
        or authors.source_lines * 10 >= item_lines.item_source_lines
            as is_eligible

    from authors
    inner join item_lines
        on
            authors.item_kind = item_lines.item_kind
            and authors.item_id = item_lines.item_id

)

select * from authorships_found
