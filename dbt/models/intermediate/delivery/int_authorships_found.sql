with

int_change_parties_weighed as (

    select * from {{ ref('int_change_parties_weighed') }}

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

-- Items whose authors count: merged changes, and delivered issues with such code.
written_items as (

    select
        'merged_change' as item_kind,
        change_id as item_id,
        change_id
    from int_changes_merged
    where is_counted
    union all
    select
        'issue' as item_kind,
        int_issues_linked.site || '/' || int_issues_linked.issue_id as item_id,
        int_issues_linked.change_id
    from int_issues_linked
    inner join int_changes_merged
        on int_issues_linked.change_id = int_changes_merged.change_id
    inner join int_issues_timed
        on
            int_issues_linked.site = int_issues_timed.site
            and int_issues_linked.issue_id = int_issues_timed.issue_id
    where
        int_changes_merged.is_code
        and int_issues_timed.is_finished
        and not int_issues_timed.is_undelivered

),

-- Lines are added per person before the share is taken: two e-mails are one author.
authors as (

    select
        written_items.item_kind,
        written_items.item_id,
        int_change_parties_weighed.party,
        max(int_change_parties_weighed.person_id) as person_id,
        max(int_change_parties_weighed.reason) as reason,
        sum(int_change_parties_weighed.source_lines) as source_lines,
        bool_or(int_change_parties_weighed.is_named) as is_named,
        bool_or(int_change_parties_weighed.is_opener) as is_opener,
        bool_or(int_change_parties_weighed.is_author) as is_author
    from written_items
    inner join int_change_parties_weighed
        on written_items.change_id = int_change_parties_weighed.change_id
    group by
        written_items.item_kind,
        written_items.item_id,
        int_change_parties_weighed.party

),

-- Lines that no human answers for are nobody's: they must not make an author small.
summed as (

    select
        *,
        sum(source_lines) over (partition by item_kind, item_id) as item_source_lines
    from authors

),

authorships_found as (

    select
        ---------- ids
        item_kind,
        item_id,
        party,
        person_id,

        ---------- strings
        reason,

        ---------- numerics
        cast(source_lines as bigint) as source_lines,
        cast(item_source_lines as bigint) as item_source_lines,

        ---------- booleans
        is_named,
        is_opener,
        is_author
        and (is_named or source_lines * 10 >= item_source_lines) as is_eligible

    from summed

)

select * from authorships_found
