"""Plans of the town and what they demand."""

from apiflask import APIBlueprint

from procedures.queries.plans import obligations, plan_of_year
from web.api.schemas import ObligationShown, PlanShown
from web.request import reading

blueprint = APIBlueprint("api_plans", __name__, url_prefix="/api/v1/plans", tag="plans")


@blueprint.get("/<int:year>")
@blueprint.output(PlanShown)
@blueprint.doc(security="token")
def show(year: int) -> PlanShown:
    with reading() as session:
        plan = plan_of_year(session, year)
        demanded = obligations(session, plan)
    facts = {name: getattr(plan, name) for name in PlanShown.model_fields if name != "obligations"}
    return PlanShown(**facts, obligations=[ObligationShown.model_validate(each) for each in demanded])
