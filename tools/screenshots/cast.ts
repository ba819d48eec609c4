/** The people of the pictures: nobody real. The first one's chats are shown. */
export const cast = {
	mira: "Mira Haverkamp",
	lotte: "Lotte Haverkamp",
	jonas: "Jonas Haverkamp",
	ruth: "Ruth Brandt",
	samir: "Samir Aziz",
	ines: "Ines Okafor",
	marek: "Marek Dvořák",
	yusuf: "Yusuf Demir",
	tomasz: "Tomasz Zając",
	anneke: "Anneke de Wit",
	anna: "Anna Lindqvist",
	piet: "Piet Visser",
	nora: "Nora Castellanos",
	berta: "Bartholomäa Freifrau von und zu Hohenstein-Waldburg-Zeil",
} as const;

export type Name = keyof typeof cast;

/** Who has a picture. */
export const portrayed: readonly Name[] = ["lotte", "samir", "ines", "piet", "ruth"];

/** Something that happens in a chat. Messages are named by their place among all lines, from 0. */
export type Line =
	| { readonly by: Name; readonly says: string; readonly replyTo?: number; readonly mentions?: readonly Name[] }
	| { readonly by: Name; readonly reacts: string; readonly to: number }
	| { readonly by: Name; readonly changes: number; readonly into: string };

export interface Chat {
	/** Absent: a direct chat. */
	readonly name?: string;
	readonly topic?: string;
	/** A file beside the portraits. */
	readonly picture?: string;
	readonly owner: Name;
	readonly others: readonly Name[];
	/** Who was invited and has not answered. */
	readonly invited?: readonly Name[];
	readonly roles?: Readonly<Partial<Record<Name, "admin" | "moderator">>>;
	readonly lines: readonly Line[];
	/** Who has read everything. */
	readonly readBy: readonly Name[];
}

/** From the one that was quiet the longest to the newest. */
export const chats: readonly Chat[] = [
	{
		name: "Surprises",
		owner: "lotte",
		others: ["jonas", "mira"],
		lines: [{ by: "jonas", says: "Who wraps the big one?" }],
		readBy: [],
	},
	{
		name: "Autumn market of the Riverside allotment and orchard association: stalls, music, lost property",
		topic: "Everything about https://market.example/autumn/stalls?list=all&sorted=by-the-name-of-whoever-stands-there",
		owner: "mira",
		others: ["berta", "tomasz"],
		lines: [
			{ by: "berta", says: "https://market.example/autumn/stalls?list=all&sorted=by-the-name-of-whoever-stands-there" },
		],
		readBy: ["mira"],
	},
	{
		owner: "piet",
		others: ["mira"],
		lines: [
			{ by: "mira", says: "Is the hall heated on Sundays?" },
			{ by: "piet", says: "From nine. Bring a jumper anyway." },
		],
		readBy: ["mira", "piet"],
	},
	{
		owner: "mira",
		others: ["anna"],
		lines: [{ by: "anna", says: "Thank you for the seedlings, they all made it 🌱" }],
		readBy: ["mira", "anna"],
	},
	{
		name: "Riverside class 3b",
		owner: "nora",
		others: ["mira", "yusuf", "anna"],
		lines: [
			{ by: "nora", says: "Museum trip on the 14th: packed lunch, rain jacket, no phones." },
			{ by: "yusuf", says: "I can take four in the car." },
		],
		readBy: ["mira"],
	},
	{
		owner: "mira",
		others: ["yusuf"],
		lines: [
			{ by: "mira", says: "Could you lend us the long ladder?" },
			{ by: "yusuf", says: "It is in the shed, take it whenever you like" },
		],
		readBy: ["yusuf"],
	},
	{
		name: "Thursday choir",
		owner: "anneke",
		others: ["mira", "piet", "ruth"],
		lines: [
			{ by: "piet", says: "I have a cold. Somebody else for the low notes?" },
			{ by: "ruth", says: "Get well!" },
			{ by: "anneke", says: "Mira, can you take the alto line in the second piece?", mentions: ["mira"] },
		],
		readBy: [],
	},
	{
		owner: "mira",
		others: ["marek"],
		lines: [
			{ by: "marek", says: "The hatch sticks, but it opens" },
			{ by: "mira", says: "About the loft ladder: could we look at it on Saturday?" },
		],
		readBy: ["mira"],
	},
	{
		name: "Allotment 7",
		picture: "allotment",
		owner: "tomasz",
		others: ["mira", "anna"],
		lines: [
			{ by: "anna", says: "Who has the key to the water tap?" },
			{ by: "tomasz", says: "Me. And the frost got the last of the beans." },
			{ by: "tomasz", says: "Pumpkins are fine though" },
		],
		readBy: ["anna"],
	},
	{
		owner: "ines",
		others: ["mira"],
		lines: [
			{ by: "ines", says: "Train is on time for once" },
			{ by: "mira", says: "Perfect, platform 4 then" },
		],
		readBy: ["mira", "ines"],
	},
	{
		name: "Lake house weekend",
		owner: "jonas",
		others: [],
		invited: ["mira"],
		lines: [],
		readBy: [],
	},
	{
		name: "Oma turns 80",
		picture: "lake",
		topic: "Kept secret from Oma until Friday the 4th.",
		owner: "lotte",
		others: ["mira", "ruth", "samir", "jonas"],
		invited: ["ines"],
		roles: { mira: "admin", samir: "moderator" },
		lines: [
			{ by: "ruth", says: "Can anyone pick me up in Kassel on Friday? The train gets in at ten past six." },
			{ by: "mira", says: "I’ll be there. Look for the muddy green Skoda.", replyTo: 0 },
			{ by: "ruth", reacts: "😂", to: 1 },
			{ by: "lotte", reacts: "😂", to: 1 },
			{ by: "samir", says: "The hall is ours from noon. I have the key, and the caretaker knows about the piano." },
			{ by: "lotte", says: "About the cake. Oma said no marzipan, twice." },
			{ by: "lotte", says: "Hazelnut or lemon?" },
			{ by: "jonas", reacts: "🌰", to: 6 },
			{ by: "samir", reacts: "🌰", to: 6 },
			{ by: "ruth", reacts: "🍋", to: 6 },
			{ by: "mira", reacts: "🌰", to: 6 },
			{ by: "mira", says: "Hazelnut. I’ll ask Mrs Brand at the bakery." },
			{ by: "mira", changes: 11, into: "Hazelnut. I’ll ask Mrs Brandt at the bakery." },
			{ by: "mira", says: "She still has the old recipe 👵" },
			{ by: "jonas", says: "🎉" },
			{ by: "jonas", says: "I found the photo albums in the loft. Scanning them tonight." },
			{ by: "mira", says: "Does the projector still work?" },
		],
		readBy: ["mira", "lotte", "jonas"],
	},
];
