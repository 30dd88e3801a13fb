/** A short sentence of somebody long dead. */
interface Quote {
  text: string;
  author: string;
}

/** Short quotes in the public domain. */
export const quotes: readonly [Quote, ...Quote[]] = [
  { text: 'The unexamined life is not worth living.', author: 'Socrates' },
  { text: 'I think, therefore I am.', author: 'René Descartes' },
  { text: 'To err is human, to forgive divine.', author: 'Alexander Pope' },
  { text: 'Hope springs eternal in the human breast.', author: 'Alexander Pope' },
  { text: 'Brevity is the soul of wit.', author: 'William Shakespeare' },
  { text: 'All that glisters is not gold.', author: 'William Shakespeare' },
  { text: 'We know what we are, but know not what we may be.', author: 'William Shakespeare' },
  { text: 'No man is an island.', author: 'John Donne' },
  { text: 'Knowledge itself is power.', author: 'Francis Bacon' },
  { text: 'Fortune favours the bold.', author: 'Virgil' },
  { text: 'Love conquers all.', author: 'Virgil' },
  { text: 'Seize the day.', author: 'Horace' },
  { text: 'I came, I saw, I conquered.', author: 'Julius Caesar' },
  { text: 'Well done is better than well said.', author: 'Benjamin Franklin' },
  { text: 'A thing of beauty is a joy for ever.', author: 'John Keats' },
  { text: 'The child is father of the man.', author: 'William Wordsworth' },
  { text: 'I can resist everything except temptation.', author: 'Oscar Wilde' },
  { text: 'Hope is the thing with feathers.', author: 'Emily Dickinson' },
  { text: 'Hitch your wagon to a star.', author: 'Ralph Waldo Emerson' },
  { text: 'Our life is frittered away by detail.', author: 'Henry David Thoreau' },
  { text: 'What does not kill me makes me stronger.', author: 'Friedrich Nietzsche' },
  { text: 'The heart has its reasons, of which reason knows nothing.', author: 'Blaise Pascal' },
  { text: 'We must cultivate our garden.', author: 'Voltaire' },
  { text: 'It was the best of times, it was the worst of times.', author: 'Charles Dickens' },
  { text: 'The journey of a thousand miles begins with a single step.', author: 'Laozi' },
  { text: 'Give me a place to stand, and I shall move the earth.', author: 'Archimedes' },
];
