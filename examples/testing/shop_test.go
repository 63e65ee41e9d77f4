// Run with: npx prilavok sim exec -- go test shop_test.go
package shop

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"testing"
)

// post calls the market and reads its answer into answer; a nil body sends none.
func post(t *testing.T, path, name, value string, body, answer any) {
	t.Helper()
	sent := &bytes.Buffer{}
	if body != nil {
		if err := json.NewEncoder(sent).Encode(body); err != nil {
			t.Fatal(err)
		}
	}
	request, err := http.NewRequest("POST", os.Getenv("PRILAVOK_URL")+path, sent)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set(name, value)
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		t.Fatalf("%s answered %d", path, response.StatusCode)
	}
	if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
		t.Fatal(err)
	}
}

func TestABuyerIsAnswered(t *testing.T) {
	business, key := os.Getenv("PRILAVOK_BUSINESS_ID"), os.Getenv("PRILAVOK_API_KEY")
	admin := "Bearer " + os.Getenv("PRILAVOK_ADMIN_TOKEN")
	var ignored any
	var buyer struct{ Token string }
	post(t, "/admin/v1/customers/"+os.Getenv("PRILAVOK_CUSTOMER_ID")+"/tokens", "Authorization", admin, nil, &buyer)
	about := json.RawMessage(fmt.Sprintf(`{"businessId":%s,"orderId":%s}`, business, os.Getenv("PRILAVOK_ORDER_ID")))
	var chat struct{ ChatID int64 }
	post(t, "/buyer/v1/chats", "Authorization", "Bearer "+buyer.Token, about, &chat)
	says := fmt.Sprintf("/admin/v1/businesses/%s/chats/%d/customer-messages", business, chat.ChatID)
	post(t, says, "Authorization", admin, map[string]string{"text": "Where is my order?"}, &ignored)

	chats := fmt.Sprintf("/v2/businesses/%s/chats", business)
	answer := map[string]string{"message": "It is on its way."}
	post(t, fmt.Sprintf("%s/message?chatId=%d", chats, chat.ChatID), "Api-Key", key, answer, &ignored)

	var history struct {
		Result struct{ Messages []struct{ Message string } }
	}
	post(t, fmt.Sprintf("%s/history?chatId=%d", chats, chat.ChatID), "Api-Key", key, struct{}{}, &history)
	var messages []string
	for _, each := range history.Result.Messages {
		messages = append(messages, each.Message)
	}
	if want := []string{"Where is my order?", "It is on its way."}; !reflect.DeepEqual(messages, want) {
		t.Fatalf("got %q, want %q", messages, want)
	}
}
