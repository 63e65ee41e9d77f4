import './chats-read.css'

/** How many of the chats are read, as a bar; the same in words is its name. */
export function ChatsRead({ label, done, known }: { label: string; done: number; known: number }) {
  return <progress className="chats-read" aria-label={label} max={Math.max(known, 1)} value={done} />
}
