/** The paging of an answer that is written as JSON: empty on the last page. A token is base64url. */
export function pagingJson(nextPageToken: string | undefined): string {
  return nextPageToken === undefined ? '{}' : `{"nextPageToken":"${nextPageToken}"}`
}
