"""Recognition: one decision over many versions, each by itself."""

from apiflask import APIBlueprint

from procedures.commands.recognise import NewDecision
from web.api.schemas import RecognisedItem, RecognitionBody, RecognitionShown
from web.identity import person
from web.recognising import Chosen, Item, recognise_all
from web.sentences import sentence

blueprint = APIBlueprint("api_recognitions", __name__, url_prefix="/api/v1/recognitions", tag="recognitions")


@blueprint.post("")
@blueprint.input(RecognitionBody)
@blueprint.output(RecognitionShown)
@blueprint.doc(security="token", summary="Recognise versions under one decision; the signer is the caller")
def create(json_data: RecognitionBody) -> RecognitionShown:
    new = NewDecision(json_data.plan, json_data.number, json_data.signed_on, json_data.early_reason)
    chosen = [Chosen(each.code, each.number) for each in json_data.versions]
    items = [item_shown(item) for item in recognise_all(new, chosen, by=person())]
    return RecognitionShown(number=json_data.number, signed_on=json_data.signed_on, items=items)


def item_shown(item: Item) -> RecognisedItem:
    refusal = item.refusal
    return RecognisedItem(
        code=item.chosen.code,
        number=item.chosen.number,
        recognised=item.recognised,
        error=refusal.code if refusal else None,
        detail=sentence(refusal.code, 422, refusal.facts) if refusal else None,
    )
