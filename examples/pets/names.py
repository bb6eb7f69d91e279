import json
from pathlib import Path

PETS = json.loads(Path(__file__).with_name("pets.json").read_text())


def handler(event, context):
    """Answers GET /pets/{petId}/name."""
    pet_id = event["pathParameters"]["petId"]
    name = next((pet["name"] for pet in PETS if str(pet["id"]) == pet_id), None)
    status, body = (200, {"name": name}) if name else (404, {"message": "No such pet"})
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json"},
        "body": json.dumps(body),
    }
