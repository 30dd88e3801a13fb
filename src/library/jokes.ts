/** A joke in two halves. */
interface Joke {
  setup: string;
  punchline: string;
}

/** No two have the same first half. */
export const jokes: readonly [Joke, ...Joke[]] = [
  { setup: 'Why did the calendar look so worried?', punchline: 'Its days were numbered.' },
  { setup: 'What did the teapot say to the kettle?', punchline: 'You seem a little steamed today.' },
  { setup: 'Why was the broom late for work?', punchline: 'It overswept.' },
  { setup: 'Why do bakers never quit?', punchline: 'They knead the dough.' },
  { setup: 'How does the moon get its hair cut?', punchline: 'Eclipse it.' },
  { setup: 'Why did the bicycle lie down for a nap?', punchline: 'It was two tired.' },
  { setup: 'What do you call a bear caught in the rain?', punchline: 'A drizzly bear.' },
  { setup: 'Why can you not trust an atom?', punchline: 'They make up everything.' },
  { setup: 'What is a snake’s favourite subject?', punchline: 'Hiss-tory.' },
  { setup: 'Why did the tomato blush?', punchline: 'It saw the salad dressing.' },
  { setup: 'What do clouds wear under their coats?', punchline: 'Thunderwear.' },
  { setup: 'Why did the lamp go to school?', punchline: 'It wanted to be brighter.' },
  { setup: 'What do you call a boomerang that stays away?', punchline: 'A stick.' },
  { setup: 'Why did the programmer bring a ladder?', punchline: 'To reach the high-level language.' },
  { setup: 'Why did the database break up with the spreadsheet?', punchline: 'It needed better relations.' },
  { setup: 'What does a tree do before a long journey?', punchline: 'It packs its trunk.' },
  { setup: 'Why was the maths book in a bad mood?', punchline: 'It had too many problems.' },
  { setup: 'What did the ocean say to the beach?', punchline: 'Nothing. It just waved.' },
  { setup: 'Why did the clock get sent out of class?', punchline: 'It tocked too much.' },
  { setup: 'What do you get when you cross a snowman with a dog?', punchline: 'Frostbite.' },
  { setup: 'Why did the picture go to jail?', punchline: 'It was framed.' },
  { setup: 'How do you organise a party in space?', punchline: 'You planet.' },
  { setup: 'Why did the coffee call the police?', punchline: 'It got mugged.' },
  { setup: 'What kind of shoes do spies wear?', punchline: 'Sneakers.' },
];
