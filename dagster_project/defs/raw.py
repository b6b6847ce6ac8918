"""Raw assets in the order of the sources: vendor, Jira, Git and files to the lake."""

from dagster_project.issues import (
    development_asset,
    estimation_fields,
    jira_history_asset,
    satisfaction_fields,
    worklogs_asset,
)
from dagster_project.landing import jira_census_asset, vendor_assets
from dagster_project.organisation import (
    config_asset,
    finance_asset,
    people_asset,
    prices_asset,
)
from dagster_project.outcomes import git_history_asset
from ingestion.sources import connectors, jira
from ingestion.sources.jira import tables as jira_tables

vendors = [asset for each in connectors() for asset in vendor_assets(each)]

boards = jira_census_asset(
    jira_tables.BOARDS,
    lambda api, site, _: (
        jira.boards(api, site.site, site.projects) if site.boards else ()
    ),
)
sprints = jira_census_asset(
    jira_tables.SPRINTS,
    lambda api, site, _: (
        jira.sprints(api, site.site, site.projects) if site.boards else ()
    ),
)
fields = jira_census_asset(
    jira_tables.FIELDS,
    lambda api, site, lake: jira.fields(
        api, site.site, site.story_points_field, estimation_fields(lake, site)
    ),
    deps=[jira_tables.BOARDS],
)
statuses = jira_census_asset(
    jira_tables.STATUSES, lambda api, site, _: jira.statuses(api, site.site)
)
jira_users = jira_census_asset(
    jira_tables.USERS, lambda api, site, _: jira.users(api, site.site)
)
projects = jira_census_asset(
    jira_tables.PROJECTS, lambda api, site, _: jira.projects(api, site.site)
)
jira_history = jira_history_asset()
worklogs = worklogs_asset()
satisfactions = jira_census_asset(
    jira_tables.SATISFACTIONS,
    lambda api, site, lake: jira.satisfactions(
        api, site.site, satisfaction_fields(lake, site), site.projects
    ),
    deps=[jira_tables.FIELDS],
)
development_links = development_asset()

git_history = git_history_asset()

people = people_asset()
prices = prices_asset()
finance = finance_asset()
config = config_asset()
