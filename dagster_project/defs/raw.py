"""Raw assets in the order of the sources: vendor, Jira, Git and files to the lake."""

from dagster_project.decisions import decisions_asset
from dagster_project.landing import jira_census_asset, vendor_assets
from dagster_project.organisation import (
    config_asset,
    finance_asset,
    people_asset,
    prices_asset,
)
from dagster_project.outcomes import git_history_asset, jira_history_asset
from ingestion.sources import connectors, jira
from ingestion.sources.jira import tables as jira_tables

vendors = [asset for each in connectors() for asset in vendor_assets(each)]

fields = jira_census_asset(
    jira_tables.FIELDS,
    lambda api, site: jira.fields(api, site.site, site.story_points_field),
)
statuses = jira_census_asset(
    jira_tables.STATUSES, lambda api, site: jira.statuses(api, site.site)
)
jira_users = jira_census_asset(
    jira_tables.USERS, lambda api, site: jira.users(api, site.site)
)
projects = jira_census_asset(
    jira_tables.PROJECTS, lambda api, site: jira.projects(api, site.site)
)
jira_history = jira_history_asset()

git_history = git_history_asset()

people = people_asset()
prices = prices_asset()
finance = finance_asset()
decisions = decisions_asset()
config = config_asset()
