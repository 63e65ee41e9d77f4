<?php
// Run with: npx prilavok sim exec -- phpunit --do-not-cache-result ShopTest.php

use PHPUnit\Framework\TestCase;

final class ShopTest extends TestCase
{
    public function testABuyerIsAnswered(): void
    {
        [$business, $customer] = [getenv('PRILAVOK_BUSINESS_ID'), getenv('PRILAVOK_CUSTOMER_ID')];
        $admin = 'Authorization: Bearer ' . getenv('PRILAVOK_ADMIN_TOKEN');
        $shop = 'Api-Key: ' . getenv('PRILAVOK_API_KEY');
        $token = $this->post("/admin/v1/customers/$customer/tokens", $admin)['token'];
        $about = ['businessId' => (int) $business, 'orderId' => (int) getenv('PRILAVOK_ORDER_ID')];
        $chat = $this->post('/buyer/v1/chats', "Authorization: Bearer $token", $about)['chatId'];
        $says = "/admin/v1/businesses/$business/chats/$chat/customer-messages";
        $this->post($says, $admin, ['text' => 'Where is my order?']);

        $this->post("/v2/businesses/$business/chats/message?chatId=$chat", $shop, ['message' => 'It is on its way.']);

        $history = $this->post("/v2/businesses/$business/chats/history?chatId=$chat", $shop, new stdClass());
        $messages = array_column($history['result']['messages'], 'message');
        $this->assertSame(['Where is my order?', 'It is on its way.'], $messages);
    }

    private function post(string $path, string $header, mixed $body = null): array
    {
        $json = $body === null ? '' : json_encode($body);
        $headers = $body === null ? [$header] : [$header, 'Content-Type: application/json'];
        $options = ['method' => 'POST', 'header' => $headers, 'content' => $json, 'timeout' => 30];
        $answer = file_get_contents(getenv('PRILAVOK_URL') . $path, false, stream_context_create(['http' => $options]));
        return json_decode($answer, true, flags: JSON_THROW_ON_ERROR);
    }
}
