"""A small, consistent warehouse and the part of dbt's manifest that describes it.

26 persons in four teams over three quarters, one AI vendor. Teams of 9 and 8 can be
shown; those of 5 and 4 are withheld together. All people and teams are made up.
"""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

PRESENT = datetime(2027, 2, 5, 6, tzinfo=UTC)
QUARTERS = {
    "2026-Q3": (date(2026, 7, 1), 66),
    "2026-Q4": (date(2026, 10, 1), 66),
    "2027-Q1": (date(2027, 1, 1), 25),
}
TEAMS = {"team-a": 9, "team-b": 8, "team-c": 5, "team-d": 4}
PRICES = {
    "input_uncached": Decimal("0.000003"),
    "cache_read": Decimal("0.0000003"),
    "cache_write_5m": Decimal("0.00000375"),
    "cache_write_1h": Decimal("0.000006"),
    "output": Decimal("0.000015"),
    "cache_write_unspecified": Decimal("0.00000375"),
    "input_unspecified": Decimal("0.000003"),
}
MEASURES = {
    "list_cost_usd": "usd",
    **{f"{name}_tokens": "tokens" for name in PRICES},
    "requests": "requests",
    "active_days": "days",
    "delivered_n": "items",
    "merged_n": "items",
    "turnaround_hours": "hours",
    "open_items_n": "items",
    "delivered_w": "items",
    "delivered_spread_n": "items",
    "reopened_share": "share",
    "reverted_share": "share",
    "rewritten_own_share": "share",
    "rewritten_others_share": "share",
    "ai_assisted_share": "share",
    "pull_request_hours": "hours",
    "reviews_given": "items",
    "review_hours": "hours",
}
PERSON_REASONS = tuple(
    f"{name}_withheld_reason"
    for name in (
        *("list_cost", "tokens", "active_days", "requests"),
        *("delivered", "merged", "turnaround", "weighted", "reopened", "reverted"),
        *("rewritten", "ai_assisted", "pull_request", "reviews", "review"),
    )
)
TEAM_REASONS = tuple(
    f"{name}_withheld_reason"
    for name in ("list_cost", "delivered", "merged", "linked", "turnaround")
)
TEAM_FIGURES = (
    *("people_n", "active_people_n", "fte_days", "list_cost_usd"),
    *("delivered_n", "merged_n", "linked_share", "turnaround_hours"),
)
WITHHELD_PERSON = "person-03"
SOURCES = {
    "anthropic": ("usage", "ai_vendor"),
    "jira": ("issues", "issue_tracker"),
    "git": ("commits", "code"),
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Contract:
    """A mart as its dbt model states it: (name, type, description) per column."""

    audience: str
    grain: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    """Columns from lines of `type: name name …`."""
    pairs = []
    for line in text.strip().splitlines():
        data_type, names = line.strip().split(": ")
        pairs += [(name, data_type) for name in names.split()]
    return tuple(pairs)


CONTRACTS: Mapping[str, Contract] = {
    "mart_person_efficiency_quarterly": Contract(
        "review",
        ("person_id", "quarter_start"),
        _columns(
            """
            string: person_id quarter_label team role level work_type location entity
            string: publication_mode status withheld_reason coverage_reason
            string: list_cost_withheld_reason tokens_withheld_reason
            string: active_days_withheld_reason
            string: requests_withheld_reason delivered_withheld_reason
            string: merged_withheld_reason turnaround_withheld_reason
            string: weighted_withheld_reason reopened_withheld_reason
            string: reverted_withheld_reason rewritten_withheld_reason
            string: ai_assisted_withheld_reason pull_request_withheld_reason
            string: reviews_withheld_reason review_withheld_reason
            decimal(38,12): list_cost_usd delivered_w reopened_share reverted_share
            decimal(38,12): rewritten_own_share rewritten_others_share ai_assisted_share
            bigint: input_uncached_tokens cache_read_tokens cache_write_5m_tokens
            bigint: cache_write_1h_tokens cache_write_unspecified_tokens
            bigint: output_tokens input_unspecified_tokens requests active_days
            bigint: open_items_n
            decimal(18,6): delivered_n merged_n delivered_spread_n reviews_given
            double: fte_days turnaround_hours coverage ai_assisted_coverage
            double: pull_request_hours review_hours
            boolean: is_complete_quarter
            date: quarter_start
            """
        ),
    ),
    "fct_person_figure": Contract(
        "review",
        ("person_id", "quarter_start", "measure"),
        _columns(
            """
            string: person_id quarter_label measure unit status withheld_reason
            string: rule_version
            decimal(38,12): value
            double: lo80 hi80 reliability coverage
            bigint: n_items claim_level
            date: quarter_start
            """
        ),
    ),
    "mart_team_period": Contract(
        "teams",
        ("team", "quarter_start"),
        _columns(
            """
            string: team quarter_label status withheld_reason coverage_reason
            string: list_cost_withheld_reason delivered_withheld_reason
            string: merged_withheld_reason linked_withheld_reason
            string: turnaround_withheld_reason
            decimal(38,12): list_cost_usd
            decimal(18,6): delivered_n merged_n
            bigint: people_n active_people_n
            double: fte_days linked_share turnaround_hours coverage
            boolean: is_complete_quarter
            date: quarter_start
            """
        ),
    ),
    "mart_project_satisfaction": Contract(
        "teams",
        ("feed", "project", "quarter_start"),
        _columns(
            """
            string: feed project quarter_label status withheld_reason
            bigint: deliverables_n responses_n rated_people_n
            double: rating_mean satisfaction_share
            decimal(18,6): rating_lowest rating_highest
            boolean: is_complete_quarter
            date: quarter_start
            """
        ),
    ),
    "mart_cost_reconciliation": Contract(
        "finance",
        ("vendor", "usage_date", "token_class"),
        _columns(
            """
            string: vendor token_class unpriced_models
            bigint: vendor_tokens person_tokens service_tokens unattributed_tokens
            bigint: elsewhere_tokens unexplained_tokens unpriced_tokens
            decimal(38,12): list_cost_usd person_list_cost_usd service_list_cost_usd
            decimal(38,12): unattributed_list_cost_usd vendor_list_cost_usd
            decimal(38,12): vendor_billed_cost_usd difference_usd
            boolean: is_final
            date: usage_date
            """
        ),
    ),
    "mart_price_revision": Contract(
        "finance",
        (
            "price_kind",
            "vendor",
            "provider",
            "model",
            "token_class",
            "month_start",
            "change_kind",
        ),
        _columns(
            """
            string: price_kind vendor provider model token_class change_kind
            string: price_source_before price_source_after
            bigint: tokens changed_tokens
            decimal(38,12): cost_before_usd cost_after_usd difference_usd
            boolean: is_quarter_over
            date: month_start changed_on
            """
        ),
    ),
    "fct_ai_cost": Contract(
        "finance",
        ("x_SourceSystem", "x_ChargeId"),
        _columns(
            """
            string: BillingAccountId BillingAccountName BillingCurrency
            string: ChargeCategory ChargeClass ChargeDescription InvoiceIssuerName
            string: PricingUnit ProviderName PublisherName ServiceCategory
            string: ServiceName BillingAccountType CapacityReservationId
            string: CapacityReservationStatus CommitmentDiscountCategory
            string: CommitmentDiscountId CommitmentDiscountName
            string: CommitmentDiscountStatus CommitmentDiscountType
            string: CommitmentDiscountUnit ConsumedUnit PricingCategory
            string: PricingCurrency RegionId RegionName ResourceId ResourceName
            string: ResourceType SkuId SkuMeter SkuPriceDetails SkuPriceId
            string: SubAccountId SubAccountName SubAccountType Tags AvailabilityZone
            string: ChargeFrequency InvoiceId ServiceSubcategory ServiceProviderName
            string: HostProviderName x_ChargeId x_SourceSystem x_ChargeKind
            string: x_Provider x_Model x_TokenType x_ServiceTier x_ContextWindow
            string: x_Attribution x_Team x_CostPool x_AttributionMethod x_CostBasis
            bigint: x_RequestCount
            double: x_AttributionConfidence
            decimal(38,12): BilledCost ContractedCost EffectiveCost ListCost
            decimal(38,12): PricingQuantity CommitmentDiscountQuantity
            decimal(38,12): ConsumedQuantity ContractedUnitPrice ListUnitPrice
            decimal(38,12): PricingCurrencyContractedUnitPrice
            decimal(38,12): PricingCurrencyEffectiveCost
            decimal(38,12): PricingCurrencyListUnitPrice
            boolean: x_IsFinal
            timestamp: BillingPeriodEnd BillingPeriodStart ChargePeriodEnd
            timestamp: ChargePeriodStart
            """
        ),
    ),
    "mart_cost_variance": Contract(
        "finance",
        ("vendor", "period_start", "period_end"),
        _columns(
            """
            string: vendor bill_source time_zone
            bigint: invoices_n lines_n unconverted_lines_n unconverted_costs_n
            bigint: missing_days_n
            decimal(38,12): list_cost_usd unpriced_model_usd price_usd
            decimal(38,12): missing_log_usd time_zone_usd revision_usd volume_usd
            decimal(38,12): discount_usd seat_or_overage_usd unexplained_usd
            decimal(38,12): bill_usd difference_usd
            date: period_start period_end
            """
        ),
    ),
    "mart_seat_utilisation": Contract(
        "finance",
        ("vendor", "plan", "team", "month_start"),
        _columns(
            """
            string: vendor plan team
            bigint: seats_n active_seats_n unused_seats_n unpriced_seats_n
            decimal(38,12): seat_cost_usd unused_seat_cost_usd
            date: month_start
            """
        ),
    ),
    "mart_unattributed_usage": Contract(
        "steward",
        ("vendor", "quarter_start", "principal_type", "principal_id", "reason"),
        _columns(
            """
            string: vendor principal_type principal_id reason quarter_label
            decimal(38,12): list_cost_usd
            bigint: tokens days_n
            date: quarter_start first_usage_date last_usage_date
            """
        ),
    ),
    "mart_unresolved_account": Contract(
        "steward",
        ("source", "account_kind", "account_id", "reason"),
        _columns(
            """
            string: source account_kind account_id suggested_person_id reason
            string: suggestion_class suggestion_reason
            decimal(38,12): list_cost_usd
            bigint: suggested_people_n tokens items_n days_n
            date: first_seen_date last_seen_date
            """
        ),
    ),
    "mart_usage_overlap": Contract(
        "steward",
        ("vendor", "scope", "usage_date", "token_class"),
        _columns(
            """
            string: vendor scope counting_source token_class evidence
            bigint: tokens counted_tokens
            decimal(38,12): list_cost_usd counted_list_cost_usd
            date: usage_date
            """
        ),
    ),
    "mart_outcome_reconciliation": Contract(
        "steward",
        ("subject", "credit_rule", "quarter_start"),
        _columns(
            """
            string: subject credit_rule quarter_label
            decimal(38,12): whole_n persons_n unattributed_n
            bigint: unbalanced_n
            date: quarter_start
            """
        ),
    ),
    "mart_source_coverage": Contract(
        "steward",
        ("source", "table_name"),
        _columns(
            """
            string: source table_name source_kind
            bigint: days_behind expected_days_n delivered_days_n restated_days_n
            bigint: held_pulls_n
            double: coverage
            boolean: is_connected is_late
            date: newest_business_date
            timestamp: last_pulled_at
            """
        ),
    ),
    "mart_publication_gate": Contract(
        "steward",
        ("candidate_id", "gate_id", "gate_subject"),
        _columns(
            """
            string: candidate_id gate_id gate_subject gate_title severity decision
            string: detail
            double: observed threshold
            timestamp: evaluated_at
            """
        ),
    ),
}


def build(
    folder: Path, *, seed: int = 0, threads: int = 1, key: str = "warehouse"
) -> tuple[Path, Path]:
    """Write `<key>.duckdb` and `manifest.json`; rows are inserted in a seeded order."""
    folder.mkdir(parents=True, exist_ok=True)
    warehouse, manifest = folder / f"{key}.duckdb", folder / "manifest.json"
    order = random.Random(seed)  # noqa: S311 - no secret depends on it
    rows = company()
    with duckdb.connect(warehouse, config={"threads": threads}) as connection:
        connection.execute("begin")
        connection.execute("create schema marts")
        for name, contract in CONTRACTS.items():
            columns = ", ".join(f"{column} {kind}" for column, kind in contract.columns)
            connection.execute(f"create table marts.{name} ({columns})")
            shuffled = order.sample(rows[name], len(rows[name]))
            _insert(connection, f"marts.{name}", contract, shuffled)
        connection.execute("commit")
    manifest.write_text(json.dumps(dbt_manifest()))
    return warehouse, manifest


def _insert(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    contract: Contract,
    rows: Sequence[Row],
) -> None:
    names = [name for name, _ in contract.columns]
    places = ", ".join(f"${name}" for name in names)
    connection.executemany(f"insert into {relation} values ({places})", rows)


def company() -> dict[str, list[Row]]:
    """Rows of every mart; all sums agree."""
    persons = list(_persons())
    return {
        "mart_person_efficiency_quarterly": persons,
        "fct_person_figure": list(_figures(persons)),
        "mart_team_period": list(_teams(persons)),
        "mart_project_satisfaction": [_satisfaction()],
        "mart_cost_reconciliation": list(_reconciliation(persons)),
        "mart_price_revision": [_revision()],
        "fct_ai_cost": list(_charges()),
        "mart_cost_variance": list(_variances()),
        "mart_seat_utilisation": [_seats()],
        "mart_unattributed_usage": list(_unattributed()),
        "mart_unresolved_account": [_unresolved()],
        "mart_usage_overlap": [_overlap()],
        "mart_outcome_reconciliation": list(_outcomes()),
        "mart_source_coverage": list(_coverage()),
        "mart_publication_gate": [_earlier_gate()],
    }


def _persons() -> Iterator[Row]:
    names = [team for team, people in TEAMS.items() for _ in range(people)]
    for number, team in enumerate(names, start=1):
        for label, (start, days) in QUARTERS.items():
            tokens = {
                f"{name}_tokens": 1000 * number * (10 + start.month) * (1 + place)
                for place, name in enumerate(PRICES)
            }
            cost = sum(
                (tokens[f"{name}_tokens"] * price for name, price in PRICES.items()),
                Decimal(0),
            )
            row = {
                "person_id": f"person-{number:02}",
                "quarter_start": start,
                "quarter_label": label,
                "team": team,
                "role": "engineer",
                "level": "senior" if number % 3 else "junior",
                "work_type": "greenfield",
                "location": "north",
                "entity": "entity-one",
                "publication_mode": "person",
                "fte_days": days * (0.5 if number == 4 else 1.0),
                "is_complete_quarter": label != "2027-Q1",
                "list_cost_usd": cost,
                **tokens,
                "requests": 40 * number,
                "active_days": 10 + number % 7,
                "delivered_n": Decimal(5 + number % 4) + Decimal("0.5"),
                "merged_n": Decimal(7 + number % 5),
                "turnaround_hours": 20.0 + number,
                "open_items_n": number % 3,
                "delivered_w": Decimal(6 + number % 4),
                "delivered_spread_n": Decimal("0.5"),
                "reopened_share": Decimal("0.1"),
                "reverted_share": Decimal("0.05"),
                "rewritten_own_share": Decimal("0.04"),
                "rewritten_others_share": Decimal("0.02"),
                "ai_assisted_share": Decimal("0.25"),
                "ai_assisted_coverage": 1.0,
                "pull_request_hours": 6.0 + number,
                "reviews_given": Decimal(4 + number % 3),
                "review_hours": 2.0 + number % 3,
                "coverage": 0.97,
                "coverage_reason": None,
                "status": "published",
                "withheld_reason": None,
                **dict.fromkeys(PERSON_REASONS),
            }
            if row["person_id"] == WITHHELD_PERSON:
                row |= {"coverage": 0.71, "coverage_reason": "identity"}
                row |= _withheld("coverage_identity", PERSON_REASONS, MEASURES)
            if not row["is_complete_quarter"]:
                row |= _withheld("immature", PERSON_REASONS, MEASURES)
            if row["status"] == "withheld":
                row["ai_assisted_coverage"] = None
            yield row


def _withheld(reason: str, reasons: Iterable[str], figures: Iterable[str]) -> Row:
    """The columns of a row that is withheld as a whole."""
    return {
        "status": "withheld",
        "withheld_reason": reason,
        **dict.fromkeys(reasons, reason),
        **dict.fromkeys(figures),
    }


def _figures(persons: Sequence[Row]) -> Iterator[Row]:
    for person in persons:
        for measure, unit in MEASURES.items():
            yield {
                "person_id": person["person_id"],
                "quarter_start": person["quarter_start"],
                "quarter_label": person["quarter_label"],
                "measure": measure,
                "unit": unit,
                "value": person[measure],
                "lo80": None,
                "hi80": None,
                "n_items": None,
                "reliability": None,
                "coverage": person["coverage"],
                "status": person["status"],
                "withheld_reason": person["withheld_reason"],
                "claim_level": 0,
                "rule_version": "1",
            }


def _satisfaction() -> Row:
    """A project that five clients rated."""
    return {
        "feed": "consulting",
        "project": "harbour",
        "quarter_label": "2026-Q3",
        "quarter_start": QUARTERS["2026-Q3"][0],
        "is_complete_quarter": True,
        "deliverables_n": 5,
        "responses_n": 5,
        "rated_people_n": 5,
        "rating_mean": 4.2,
        "satisfaction_share": 0.8,
        "rating_lowest": Decimal(1),
        "rating_highest": Decimal(5),
        "status": "published",
        "withheld_reason": None,
    }


def _teams(persons: Sequence[Row]) -> Iterator[Row]:
    for team, people in TEAMS.items():
        for label, (start, _) in QUARTERS.items():
            members = [
                row
                for row in persons
                if row["team"] == team and row["quarter_start"] == start
            ]
            row = {
                "team": team,
                "quarter_start": start,
                "quarter_label": label,
                "is_complete_quarter": label != "2027-Q1",
                "people_n": people,
                "active_people_n": people,
                "fte_days": sum(row["fte_days"] for row in members),
                "list_cost_usd": sum(row["list_cost_usd"] or 0 for row in members),
                "delivered_n": sum(row["delivered_n"] or 0 for row in members),
                "merged_n": sum(row["merged_n"] or 0 for row in members),
                "linked_share": 0.97,
                "turnaround_hours": 24.0,
                "coverage": 0.97,
                "coverage_reason": "outcome_link",
                "status": "published",
                "withheld_reason": None,
                **dict.fromkeys(TEAM_REASONS),
            }
            if label == "2027-Q1":
                row |= _withheld("immature", TEAM_REASONS, TEAM_FIGURES)
            elif people < 8:
                row |= _withheld("small_cell", TEAM_REASONS, TEAM_FIGURES)
            yield row


def _overlap() -> Row:
    """Telemetry that saw most of what the vendor counts."""
    return {
        "vendor": "otel",
        "scope": "anthropic",
        "counting_source": "anthropic",
        "token_class": "output",
        "evidence": "telemetry",
        "tokens": 900,
        "list_cost_usd": Decimal("0.0135"),
        "counted_tokens": 1000,
        "counted_list_cost_usd": Decimal("0.015"),
        "usage_date": date(2026, 7, 1),
    }


def _revision() -> Row:
    """One price that went from 3 to 2 dollars a million within a month."""
    return {
        "price_kind": "list",
        "vendor": "anthropic",
        "provider": "anthropic",
        "model": "model-one",
        "token_class": "input_uncached",
        "change_kind": "repriced",
        "price_source_before": "book, 1",
        "price_source_after": "book, 2",
        "tokens": 2_000_000,
        "changed_tokens": 1_000_000,
        "cost_before_usd": Decimal(6),
        "cost_after_usd": Decimal(5),
        "difference_usd": Decimal(-1),
        "is_quarter_over": True,
        "month_start": date(2026, 5, 1),
        "changed_on": date(2026, 8, 5),
    }


def _reconciliation(persons: Sequence[Row]) -> Iterator[Row]:
    """Two days a quarter: the second holds the pools and what nobody owns."""
    for start, _ in QUARTERS.values():
        for name, price in PRICES.items():
            people = sum(
                row[f"{name}_tokens"] or 10_000
                for row in persons
                if row["quarter_start"] == start
            )
            for day, person, service, nobody in (
                (start, people, 0, 0),
                (start + timedelta(days=1), 0, people // 10, people // 50),
            ):
                total = person + service + nobody
                yield {
                    "vendor": "anthropic",
                    "usage_date": day,
                    "token_class": name,
                    "vendor_tokens": total,
                    "person_tokens": person,
                    "service_tokens": service,
                    "unattributed_tokens": nobody,
                    "elsewhere_tokens": 0,
                    "unexplained_tokens": 0,
                    "unpriced_tokens": 0,
                    "unpriced_models": None,
                    "list_cost_usd": total * price,
                    "person_list_cost_usd": person * price,
                    "service_list_cost_usd": service * price,
                    "unattributed_list_cost_usd": nobody * price,
                    "vendor_list_cost_usd": total * price,
                    "vendor_billed_cost_usd": total * price * Decimal("0.9"),
                    "difference_usd": Decimal(0),
                    "is_final": start.year < 2027,
                }


def _charges() -> Iterator[Row]:
    """A day's usage by a team and by a pool, and a month's seats."""
    day = PRESENT.replace(year=2026, month=7, day=1, hour=0, tzinfo=None)
    period = {"PeriodStart": day, "PeriodEnd": day + timedelta(days=1)}
    for number, (category, whose, cost) in enumerate(
        (
            ("Usage", {"x_Attribution": "person", "x_Team": "team-a"}, Decimal(30)),
            ("Usage", {"x_Attribution": "service", "x_CostPool": "ci"}, Decimal(3)),
            ("Purchase", {"x_Attribution": "unattributed"}, Decimal(400)),
        ),
        start=1,
    ):
        is_usage = category == "Usage"
        yield {
            **{name: None for name, _ in CONTRACTS["fct_ai_cost"].columns},
            "x_ChargeId": f"charge-{number}",
            **dict.fromkeys(
                ("ListCost", "ContractedCost", "EffectiveCost", "BilledCost"), cost
            ),
            **dict.fromkeys(
                ("BillingAccountId", "x_SourceSystem", "x_Provider"), "anthropic"
            ),
            **dict.fromkeys(
                (
                    *("InvoiceIssuerName", "ProviderName", "PublisherName"),
                    *("ServiceName", "ServiceProviderName", "HostProviderName"),
                ),
                "Anthropic",
            ),
            "BillingCurrency": "USD",
            **{f"Billing{name}": at for name, at in period.items()},
            **{f"Charge{name}": at for name, at in period.items()},
            "ChargeCategory": category,
            "ChargeDescription": "Output Tokens of model-one" if is_usage else "Seats",
            "ChargeFrequency": "Usage-Based" if is_usage else "Recurring",
            "ServiceCategory": "AI and Machine Learning",
            "ServiceSubcategory": "Generative AI",
            "ConsumedQuantity": Decimal(1_000_000) if is_usage else None,
            "ConsumedUnit": "Tokens" if is_usage else None,
            "PricingQuantity": Decimal(1 if is_usage else 10),
            "PricingUnit": "1000000 Tokens" if is_usage else "Seats",
            "Tags": "{}",
            "x_TokenType": "output" if is_usage else "none",
            "x_ChargeKind": "tokens" if is_usage else "seat",
            "x_AttributionMethod": "direct",
            "x_AttributionConfidence": 1.0,
            "x_CostBasis": "list" if is_usage else "seat_list",
            **whose,
        }


def _variances() -> Iterator[Row]:
    """An invoice that a discount and seats explain, and a month without an invoice."""
    steps = {
        f"{name}_usd": Decimal(0)
        for name in (
            *("unpriced_model", "price", "missing_log", "time_zone", "revision"),
            *("volume", "discount", "seat_or_overage", "unexplained"),
        )
    }
    for month, source, own in (
        (
            7,
            "invoice",
            {"discount_usd": Decimal(-10), "seat_or_overage_usd": Decimal(40)},
        ),
        (8, "vendor_report", {}),
    ):
        explained = {**steps, **own}
        difference = sum(explained.values(), Decimal(0))
        yield {
            "vendor": "anthropic",
            "period_start": date(2026, month, 1),
            "period_end": date(2026, month + 1, 1),
            "bill_source": source,
            "time_zone": "UTC",
            "invoices_n": 1 if source == "invoice" else 0,
            "lines_n": 12,
            "unconverted_lines_n": 0,
            "unconverted_costs_n": 0,
            "missing_days_n": 0,
            "list_cost_usd": Decimal(100),
            **explained,
            "difference_usd": difference,
            "bill_usd": 100 + difference,
        }


def _seats() -> Row:
    """Ten seats of a team, two of them unused."""
    return {
        "vendor": "anthropic",
        "plan": "business",
        "team": "team-a",
        "month_start": date(2026, 7, 1),
        "seats_n": 10,
        "active_seats_n": 8,
        "unused_seats_n": 2,
        "unpriced_seats_n": 0,
        "seat_cost_usd": Decimal(400),
        "unused_seat_cost_usd": Decimal(80),
    }


def _unattributed() -> Iterator[Row]:
    for start, _ in QUARTERS.values():
        yield {
            "vendor": "anthropic",
            "quarter_start": start,
            "principal_type": "api_key",
            "principal_id": "key-1",
            "reason": "unknown_key",
            "quarter_label": f"{start.year}-Q{(start.month + 2) // 3}",
            "list_cost_usd": Decimal("1.25"),
            "tokens": 1000,
            "days_n": 2,
            "first_usage_date": start,
            "last_usage_date": start + timedelta(days=1),
        }


def _unresolved() -> Row:
    """An address of commits that was a person's once."""
    return {
        "source": "git",
        "account_kind": "email",
        "account_id": "before@company.example",
        "suggested_person_id": "person-01",
        "reason": "email_not_in_force",
        "suggestion_class": "strong",
        "suggestion_reason": "former_email",
        "suggested_people_n": 1,
        "tokens": None,
        "list_cost_usd": None,
        "items_n": 2,
        "days_n": 2,
        "first_seen_date": date(2026, 7, 1),
        "last_seen_date": date(2026, 7, 2),
    }


def _outcomes() -> Iterator[Row]:
    """More than persons are shown, whatever the rule."""
    for label, (start, _) in QUARTERS.items():
        for subject, rules in (
            ("issue", ("equal", "proportional", "assignee")),
            ("merged_change", ("equal", "proportional", "assignee")),
            ("review", ("each_reviewer",)),
            ("working_time", ("day_by_day",)),
        ):
            for rule in rules:
                yield {
                    "subject": subject,
                    "credit_rule": rule,
                    "quarter_label": label,
                    "whole_n": Decimal(10_000),
                    "persons_n": Decimal("9999.5"),
                    "unattributed_n": Decimal("0.5"),
                    "unbalanced_n": 0,
                    "quarter_start": start,
                }


def _coverage() -> Iterator[Row]:
    for source, (table, kind) in SOURCES.items():
        yield {
            "source": source,
            "table_name": table,
            "source_kind": kind,
            "is_connected": True,
            "days_behind": 1,
            "expected_days_n": 400,
            "delivered_days_n": 400,
            "restated_days_n": 3,
            "held_pulls_n": 0,
            "coverage": 1.0,
            "is_late": False,
            "newest_business_date": PRESENT.date() - timedelta(days=1),
            "last_pulled_at": PRESENT.replace(hour=5, tzinfo=None),
        }


def _earlier_gate() -> Row:
    return {
        "candidate_id": "20270101T060000Z-000000000000",
        "gate_id": "DQ01",
        "gate_subject": "finance.mart_cost_reconciliation",
        "gate_title": "Conservation",
        "severity": "block",
        "decision": "pass",
        "observed": 0.0,
        "threshold": None,
        "detail": "Nothing found.",
        "evaluated_at": PRESENT.replace(month=1, day=1, tzinfo=None),
    }


def dbt_manifest() -> dict[str, Any]:
    """What publishing reads of dbt's manifest."""
    nodes: dict[str, Any] = {}
    for name, contract in CONTRACTS.items():
        model = f"model.tokenworth.{name}"
        nodes[model] = {
            "resource_type": "model",
            "name": name,
            "alias": name,
            "schema": "marts",
            "description": f"One row per {' and '.join(contract.grain)}.",
            "original_file_path": f"models/marts/{contract.audience}/{name}.sql",
            "config": {"meta": {"audience": contract.audience}},
            "columns": {
                column: {
                    "name": column,
                    "data_type": data_type,
                    "description": f"The {column.replace('_', ' ')}.",
                }
                for column, data_type in contract.columns
            },
            "depends_on": {"nodes": ["model.tokenworth.int_usage_priced"]},
        }
        nodes[f"test.tokenworth.unique_grain_{name}"] = {
            "resource_type": "test",
            "attached_node": model,
            "test_metadata": {
                "name": "unique_grain",
                "kwargs": {"columns": list(contract.grain), "model": "{{ model }}"},
            },
        }
    nodes["model.tokenworth.int_usage_priced"] = {
        "resource_type": "model",
        "name": "int_usage_priced",
        "schema": "intermediate",
        "description": "Usage with prices.",
        "original_file_path": "models/intermediate/int_usage_priced.sql",
        "config": {"meta": {}},
        "columns": {},
        "depends_on": {"nodes": []},
    }
    return {"nodes": nodes}
