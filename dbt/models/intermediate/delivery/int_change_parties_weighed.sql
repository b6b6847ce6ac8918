with

int_changes_described as (

    select * from {{ ref('int_changes_described') }}

),

int_mainline_changes_claimed as (

    select * from {{ ref('int_mainline_changes_claimed') }}

),

int_change_authors_weighed as (

    select * from {{ ref('int_change_authors_weighed') }}

),

int_pull_request_authors_named as (

    select * from {{ ref('int_pull_request_authors_named') }}

),

int_accounts_resolved as (

    select * from {{ ref('int_accounts_resolved') }}

),

git_authors as (

    select
        int_changes_described.change_id,
        int_changes_described.is_squashed,
        int_change_authors_weighed.author_kind,
        coalesce(
            by_email.person_id,
            by_mailmap.person_id,
            int_change_authors_weighed.mailmap_email,
            int_change_authors_weighed.author_email
        ) as party,
        coalesce(by_email.person_id, by_mailmap.person_id) as person_id,
        by_email.reason,
        int_change_authors_weighed.source_lines,
        int_change_authors_weighed.is_co_author
    from int_changes_described
    inner join int_mainline_changes_claimed
        on int_changes_described.change_id = int_mainline_changes_claimed.change_id
    inner join int_change_authors_weighed
        on
            int_mainline_changes_claimed.repository
            = int_change_authors_weighed.repository
            and int_mainline_changes_claimed.mainline_sha
            = int_change_authors_weighed.mainline_sha
    left join int_accounts_resolved as by_email
        on
            by_email.source = 'git'
            and int_change_authors_weighed.author_email = by_email.account_id
            and int_change_authors_weighed.authored_date = by_email.seen_date
    -- The repository's own word, where nobody else's says whose the address is.
    left join int_accounts_resolved as by_mailmap
        on
            by_mailmap.source = 'git'
            and by_email.reason = 'no_link'
            and int_change_authors_weighed.mailmap_email = by_mailmap.account_id
            and int_change_authors_weighed.authored_date = by_mailmap.seen_date

),

named as (

    select
        int_changes_described.change_id,
        int_changes_described.is_squashed or not int_changes_described.is_in_git
            as is_only_named,
        int_pull_request_authors_named.is_opener,
        coalesce(
            by_account.person_id,
            by_email.person_id,
            int_pull_request_authors_named.author_email,
            int_pull_request_authors_named.source || ':'
            || int_pull_request_authors_named.author_account_id
        ) as party,
        coalesce(by_account.person_id, by_email.person_id) as person_id,
        coalesce(by_account.reason, by_email.reason) as reason
    from int_changes_described
    inner join int_pull_request_authors_named
        on
            int_changes_described.host = int_pull_request_authors_named.host
            and int_changes_described.pull_request_id
            = int_pull_request_authors_named.pull_request_id
    left join int_accounts_resolved as by_account
        on
            int_pull_request_authors_named.source = by_account.source
            and int_pull_request_authors_named.author_account_id = by_account.account_id
            and int_pull_request_authors_named.seen_date = by_account.seen_date
    left join int_accounts_resolved as by_email
        on
            by_email.source = 'git'
            and int_pull_request_authors_named.author_email = by_email.account_id
            and int_pull_request_authors_named.seen_date = by_email.seen_date
    where int_pull_request_authors_named.author_kind = 'human'

),

-- Of a squashed change its one commit says who merged; the authors are those of the
-- commits that were squashed, and whom a trailer names.
authors as (

    select
        change_id,
        party,
        person_id,
        reason,
        source_lines,
        is_co_author as is_named,
        false as is_opener
    from git_authors
    where author_kind = 'human' and not is_squashed
    union all
    select
        change_id,
        party,
        person_id,
        reason,
        0 as source_lines,
        true as is_named,
        false as is_opener
    from git_authors
    where author_kind = 'human' and is_squashed and is_co_author
    union all
    select
        change_id,
        party,
        person_id,
        reason,
        0 as source_lines,
        true as is_named,
        false as is_opener
    from named
    where is_only_named and not is_opener

),

agents_lines as (

    select
        change_id,
        sum(source_lines) as source_lines
    from git_authors
    where author_kind <> 'human' and not is_squashed
    group by change_id

),

authored as (

    select distinct change_id
    from authors

),

-- Who opened it answers for what agents wrote in it, and for all where nobody is named.
responsible as (

    select
        named.change_id,
        named.party,
        named.person_id,
        named.reason,
        coalesce(agents_lines.source_lines, 0) as source_lines,
        authored.change_id is null as is_named,
        true as is_opener
    from named
    left join agents_lines
        on named.change_id = agents_lines.change_id
    left join authored
        on named.change_id = authored.change_id
    where named.is_opener

),

parties as (

    select
        change_id,
        party,
        max(person_id) as person_id,
        max(reason) as reason,
        cast(sum(source_lines) as bigint) as source_lines,
        bool_or(is_named) as is_named,
        bool_or(is_opener) as is_opener
    from (
        select * from authors
        union all
        select * from responsible
    ) as parties_of_both_kinds
    group by change_id, party

),

counted as (

    select
        parties.*,
        int_changes_described.is_squashed
        or not int_changes_described.is_in_git as is_shared_evenly,
        coalesce(int_changes_described.source_lines, 0) as change_lines,
        count(case when parties.is_named then 1 end) over (
            partition by parties.change_id
        ) as named_n,
        row_number() over (
            partition by parties.change_id, parties.is_named order by parties.party
        ) as place
    from parties
    inner join int_changes_described
        on parties.change_id = int_changes_described.change_id

),

change_parties_weighed as (

    select
        ---------- ids
        change_id,
        party,
        person_id,

        ---------- strings
        reason,

        ---------- numerics
        cast(case
            when not is_shared_evenly then source_lines
            when is_named
                then
                    (change_lines - mod(change_lines, named_n)) / named_n
                    + case when place <= mod(change_lines, named_n) then 1 else 0 end
            else 0
        end as bigint) as source_lines,

        ---------- booleans
        is_named,
        is_opener,
        is_named or source_lines > 0 as is_author

    from counted

)

select * from change_parties_weighed
