"""Run with: npx prilavok sim exec -- pytest"""

import json
import os
import urllib.request

URL = os.environ["PRILAVOK_URL"]
BUSINESS = os.environ["PRILAVOK_BUSINESS_ID"]
ADMIN = {"Authorization": "Bearer " + os.environ["PRILAVOK_ADMIN_TOKEN"]}
SHOP = {"Api-Key": os.environ["PRILAVOK_API_KEY"]}


def post(path, headers, body=None):
    data = json.dumps(body).encode() if body is not None else b""
    kind = {"Content-Type": "application/json"} if body is not None else {}
    request = urllib.request.Request(URL + path, data, {**headers, **kind}, method="POST")
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def open_chat():
    customer = os.environ["PRILAVOK_CUSTOMER_ID"]
    token = post(f"/admin/v1/customers/{customer}/tokens", ADMIN)["token"]
    buyer = {"Authorization": f"Bearer {token}"}
    about = {"businessId": int(BUSINESS), "orderId": int(os.environ["PRILAVOK_ORDER_ID"])}
    return post("/buyer/v1/chats", buyer, about)["chatId"]


def test_a_buyer_is_answered():
    chat = open_chat()
    customer_says = f"/admin/v1/businesses/{BUSINESS}/chats/{chat}/customer-messages"
    post(customer_says, ADMIN, {"text": "Where is my order?"})

    post(f"/v2/businesses/{BUSINESS}/chats/message?chatId={chat}", SHOP, {"message": "It is on its way."})

    history = post(f"/v2/businesses/{BUSINESS}/chats/history?chatId={chat}", SHOP, {})
    messages = [message["message"] for message in history["result"]["messages"]]
    assert messages == ["Where is my order?", "It is on its way."]
