/** Two short sounds, made here: no file is fetched. */
const tones = {
  chat: [
    [660, 0],
    [880, 0.09],
  ],
  dispute: [
    [440, 0],
    [440, 0.14],
    [330, 0.28],
  ],
} as const

const toneSeconds = 0.12
const loudness = 0.06

let context: AudioContext | undefined

/** Silent where the browser has not heard a hand on the page yet. */
export function playSound(kind: keyof typeof tones): void {
  context ??= new AudioContext()
  if (context.state === 'suspended') return void context.resume()
  for (const [frequency, afterSeconds] of tones[kind]) playTone(context, frequency, context.currentTime + afterSeconds)
}

function playTone(audio: AudioContext, frequency: number, at: number): void {
  const [source, volume] = [audio.createOscillator(), audio.createGain()]
  source.frequency.value = frequency
  volume.gain.setValueAtTime(loudness, at)
  volume.gain.exponentialRampToValueAtTime(0.0001, at + toneSeconds)
  source.connect(volume).connect(audio.destination)
  source.start(at)
  source.stop(at + toneSeconds)
}
