"""Raw assets in the order of the sources: vendor, Jira, Git and files to the lake."""

from dagster_project.landing import (
    anthropic_census_asset,
    jira_census_asset,
    usage_days_asset,
)
from dagster_project.organisation import config_asset, people_asset, prices_asset
from dagster_project.outcomes import git_history_asset, jira_history_asset
from ingestion.sources import anthropic, jira
from ingestion.sources.anthropic import tables as anthropic_tables
from ingestion.sources.jira import tables as jira_tables

usage = usage_days_asset(anthropic_tables.USAGE, anthropic.usage)
usage_by_key = usage_days_asset(anthropic_tables.USAGE_BY_KEY, anthropic.usage_by_key)
cost = usage_days_asset(anthropic_tables.COST, anthropic.cost)
members = anthropic_census_asset(anthropic_tables.USERS, anthropic.users)
api_keys = anthropic_census_asset(anthropic_tables.API_KEYS, anthropic.api_keys)
workspaces = anthropic_census_asset(anthropic_tables.WORKSPACES, anthropic.workspaces)

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
config = config_asset()
