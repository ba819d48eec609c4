import type { Page } from "playwright";
import type { FilledServer } from "./fill-server.ts";
import { addressOf, answering, dialogOf, press, read, type Screen, see } from "./screen.ts";

const status = { state: "ready", host: "haverkamp.example", model: "llama3.2:3b", waiting: 0, contextTokens: 4096 };
const embedModel = "nomic-embed-text";

const allowed = (policy: "off" | "personal") =>
	answering({
		"assistant.status": status,
		"assistant.policy": { policy, isDefault: false, canSet: true, isBotHere: false, isGreeting: false },
	});

/** The same with a model by which messages are found. */
const finding = answering({
	"assistant.status": { ...status, embedModel },
	"assistant.policy": { policy: "personal", isDefault: false, canSet: true, isBotHere: false, isGreeting: false },
	"assistant.embed": { kind: "failed", reason: "busy" },
});

const botUserId = "@assistant:haverkamp.example";
const digest = { every: "day", hour: 18, weekday: 1, zone: "Europe/Berlin" };
const withMember = answering({
	"assistant.status": { ...status, botUserId },
	"assistant.policy": { policy: "bot", isDefault: false, canSet: true, isBotHere: true, isGreeting: true, digest },
});
const ofOwner = (bot: { readonly isPossible: boolean; readonly isOn: boolean }) =>
	answering({ "admin.assistantBot": { ...bot, userId: botUserId, roomCount: 2 } });

/** The assistant as a server with an Ollama offers it. What it answers takes one: the end-to-end tests look at that. */
export function assistantScreens({ viewer: person, roomId }: FilledServer): readonly Screen[] {
	const room = addressOf(roomId);
	const pane = `${room}/catch-up`;
	const on = { person, arrange: allowed("personal") };
	const owner = { person, path: "/admin/assistant" };
	return [
		{
			...{ ...owner, name: "admin-assistant", arrange: ofOwner({ isPossible: true, isOn: true }) },
			prepare: (page) => read(page, botUserId),
		},
		{
			...{ ...owner, name: "admin-assistant-off", arrange: ofOwner({ isPossible: true, isOn: true }) },
			prepare: askToTakeOut,
		},
		{
			...{ ...owner, name: "admin-assistant-missing", arrange: ofOwner({ isPossible: false, isOn: false }) },
			prepare: (page) => read(page, "No Ollama is set up"),
		},
		{
			...{ person, name: "assistant-member", path: room, arrange: withMember },
			prepare: (page) => read(page, "not end-to-end encrypted"),
		},
		{
			...{ person, name: "assistant-member-choice", path: `${room}/info`, arrange: withMember },
			prepare: askForPolicy,
		},
		{ ...on, name: "catch-up", path: pane, prepare: (page) => see(page, "Sum up") },
		{ ...on, name: "catch-up-consent", path: pane, prepare: askToSend },
		{ ...on, name: "auto-reply-question", path: "/you/assistant", prepare: askToAnswer },
		{ ...on, name: "auto-reply-on", path: "/you/assistant", prepare: answerByItself },
		{ ...on, name: "ask-all", path: "/ask", prepare: (page) => read(page, "A question to all your chats") },
		{ ...on, name: "ask-all-consent", path: "/ask", prepare: askAllChats },
		{ ...on, name: "assistant-places-dialog", path: pane, prepare: askWhereItGoes },
		{ person, name: "meaning-question", path: "/you/assistant", arrange: finding, prepare: askToFind },
		{ person, name: "meaning-on", path: "/you/assistant", arrange: finding, prepare: allowFinding },
		{ person, name: "meaning-choice", path: pane, arrange: finding, prepare: chooseToFind },
		{ person, name: "meaning-failed", path: pane, arrange: finding, prepare: letItRead },
		{ ...on, name: "own-ollama", path: "/you/assistant", prepare: nameOwnOllama },
		{ ...on, name: "assistant-places", path: "/you/assistant", prepare: (page) => read(page, "What is kept") },
		{
			name: "assistant-places-none",
			path: "/you/assistant",
			person,
			prepare: (page) => read(page, "has no assistant"),
		},
		{ name: "catch-up-off", path: pane, person, arrange: allowed("off"), prepare: (page) => read(page, "is off") },
		{ name: "catch-up-missing", path: pane, person, prepare: (page) => read(page, "has no assistant") },
		{ ...on, name: "assistant-policy", path: `${room}/info`, prepare: askForPolicy },
		{ ...on, name: "assistant-writing", path: room, prepare: openWriting },
		{ ...on, name: "assistant-draft", path: room, prepare: askForDraft },
		{ ...on, name: "assistant-language", path: room, prepare: askForLanguage },
	];
}

async function askToTakeOut(page: Page): Promise<void> {
	await page.getByRole("switch", { name: "Let it be asked into chats" }).click();
	await dialogOf(page);
}

async function askToSend(page: Page): Promise<void> {
	await press(page, "Last 100");
	await press(page, "Sum up");
	await (await dialogOf(page)).getByText("Exactly this").waitFor();
}

async function askToAnswer(page: Page): Promise<void> {
	await page.getByRole("switch", { name: "Answer for me while I’m away" }).click();
	const note = (await dialogOf(page)).getByRole("textbox", { name: "What it may say" });
	await note.fill("I am at the lake until Monday and look at my messages in the evening.");
}

async function answerByItself(page: Page): Promise<void> {
	await askToAnswer(page);
	await press(page, "Switch on");
	await read(page, "Kith answers for you");
}

async function askToFind(page: Page): Promise<void> {
	await page.getByRole("switch", { name: "read chats that I choose" }).click();
	await dialogOf(page);
}

async function allowFinding(page: Page): Promise<void> {
	await askToFind(page);
	await press(page, "Allow it");
	await read(page, "no chat is chosen yet");
}

async function chooseToFind(page: Page): Promise<void> {
	const pane = page.url();
	await page.goto(new URL("/you/assistant", pane).href);
	await allowFinding(page);
	await page.goto(pane);
	await press(page, "Find by meaning, too…");
	await dialogOf(page);
}

async function letItRead(page: Page): Promise<void> {
	await chooseToFind(page);
	await press(page, "Let it read");
	await read(page, "for what it means");
}

async function nameOwnOllama(page: Page): Promise<void> {
	await press(page, "Use my own…");
	await (await dialogOf(page)).getByRole("textbox", { name: "Where your Ollama is" }).waitFor();
}

async function askAllChats(page: Page): Promise<void> {
	const question = page.getByRole("main").getByRole("textbox", { name: "Ask all your chats" });
	const consent = page.getByRole("dialog");
	// A device that has only just got its keys opens what it finds a moment later.
	const again = page.getByRole("alert").filter({ hasText: "None of your chats" });
	for (let tries = 0; tries < 10 && !(await consent.isVisible()); tries += 1) {
		await question.fill("When is the train in Kassel?");
		await page.keyboard.press("Enter");
		await consent.or(again).first().waitFor();
	}
	await consent.getByText("Exactly this of").first().waitFor();
}

async function askWhereItGoes(page: Page): Promise<void> {
	await askToSend(page);
	await (await dialogOf(page)).getByRole("button", { name: "Where your text goes" }).click();
	await page.getByRole("dialog", { name: "Where your text goes" }).getByText("What is kept").waitFor();
}

async function askForPolicy(page: Page): Promise<void> {
	await page.getByRole("complementary").getByRole("button", { name: "Assistant" }).click();
	await dialogOf(page);
}

const menuButton = (page: Page) => page.getByRole("button", { name: "Write with the assistant" });

async function write(page: Page): Promise<void> {
	await menuButton(page).waitFor();
	await page.getByRole("textbox", { name: "Message", exact: true }).fill("i can bring the old songbooks");
}

async function openWriting(page: Page): Promise<void> {
	await write(page);
	await menuButton(page).click();
	await page.getByRole("menu").waitFor();
}

async function askForDraft(page: Page): Promise<void> {
	await menuButton(page).click();
	await page.getByRole("menuitem", { name: "Draft a message" }).click();
	await dialogOf(page);
}

async function askForLanguage(page: Page): Promise<void> {
	await openWriting(page);
	await page.getByRole("menuitem", { name: "Translate" }).click();
	await dialogOf(page);
}
