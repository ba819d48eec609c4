import type { Page } from "playwright";
import type { FilledServer } from "./fill-server.ts";
import { answering, dialogOf, neverAnswer, press, read, refusing, type Screen, see } from "./screen.ts";

/** A person's own settings, and the pages of the server's owner. */
export function ownScreens(filled: FilledServer): readonly Screen[] {
	return [...settingsScreens(filled), ...adminScreens(filled)];
}

function settingsScreens({ viewer, newcomer, lockedDevice }: FilledServer): readonly Screen[] {
	const person = viewer;
	return [
		{ name: "settings", path: "/you", person },
		{ name: "profile", path: "/you/profile", person, isInDocs: true },
		{ name: "profile-changed", path: "/you/profile", person, prepare: changeName },
		{ name: "appearance", path: "/you/appearance", person },
		{ name: "privacy", path: "/you/privacy", person, prepare: (page) => read(page, "Nobody") },
		{ name: "privacy-blocked", path: "/you/privacy", person, prepare: readBlocked },
		{
			name: "reminders-none",
			path: "/you/reminders",
			person: newcomer,
			prepare: (page) => read(page, "You have none"),
		},
		{ name: "devices", path: "/you/devices", person, prepare: (page) => read(page, "This device") },
		{ name: "devices-rename", path: "/you/devices", person, prepare: renameDevice },
		{
			name: "devices-failed",
			path: "/you/devices",
			person,
			arrange: refusing("accounts.devices"),
			prepare: readFailed,
		},
		{ name: "security", path: "/you/security", person, prepare: (page) => read(page, "Current password") },
		{ name: "deactivation", path: "/you/security", person: newcomer, prepare: askToDeactivate },
		{ name: "proof-wrong", path: "/you/security", person: newcomer, prepare: proveWrongly },
		{
			name: "proof-passkey",
			path: "/you/security",
			person: newcomer,
			arrange: answering({ "passkeys.waysIn": { hasPassword: false, isConfirmed: false, passkeys: [passkey] } }),
			prepare: askToDeactivate,
		},
		{
			name: "proof-provider",
			path: "/you/security",
			person: newcomer,
			arrange: answering({ "passkeys.waysIn": { hasPassword: false, isConfirmed: false, passkeys: [] } }),
			prepare: askToDeactivate,
		},
		{ name: "recovery-key", path: "/recovery-key", person: newcomer, prepare: (page) => read(page, "Tested just now") },
		{
			name: "unlock",
			path: "/unlock",
			person: lockedDevice,
			isLocked: true,
			prepare: (page) => see(page, "Open messages"),
		},
		{ name: "settings-loading", path: "/you/security", person, arrange: neverAnswer, isLoading: true },
		{ name: "no-such-section", path: "/you/nowhere", person },
		{ name: "sign-out-question", path: "/you", person, prepare: (page) => press(page, "Sign out") },
	];
}

function adminScreens({ viewer, newcomer }: FilledServer): readonly Screen[] {
	const person = viewer;
	return [
		{
			name: "admin-overview",
			path: "/admin/overview",
			person,
			prepare: (page) => read(page, "Messages a day"),
			isInDocs: true,
		},
		{ name: "admin-sections", path: "/admin", person },
		{ name: "admin-people", path: "/admin/people", person, prepare: (page) => read(page, "@lotte:") },
		{ name: "admin-people-menu", path: "/admin/people", person, prepare: openPersonMenu },
		{ name: "admin-people-none", path: "/admin/people", person, prepare: searchAccounts },
		{ name: "admin-new-account", path: "/admin/people", person, prepare: (page) => openDialog(page, "New account") },
		{ name: "admin-failed", path: "/admin/people", person, arrange: refusing("admin.people"), prepare: readFailed },
		{ name: "admin-tokens", path: "/admin/tokens", person, prepare: (page) => read(page, "Take back") },
		{ name: "admin-new-token", path: "/admin/tokens", person, prepare: (page) => openDialog(page, "New code") },
		{ name: "admin-federation", path: "/admin/federation", person, prepare: (page) => read(page, "Not reached") },
		{
			name: "admin-federation-rules",
			path: "/admin/federation",
			person,
			prepare: (page) => scrollTo(page, "Only these servers"),
		},
		{
			name: "admin-federation-presence",
			path: "/admin/federation",
			person,
			prepare: (page) => scrollTo(page, "Who is online elsewhere"),
		},
		{ name: "admin-federation-menu", path: "/admin/federation", person, prepare: openServerMenu },
		{ name: "admin-block-server", path: "/admin/federation", person, prepare: askToBlock },
		{ name: "admin-reports", path: "/admin/reports", person, prepare: (page) => read(page, "bulkinvites.example") },
		{
			name: "admin-reports-failed",
			path: "/admin/reports",
			person,
			arrange: refusing("admin.reports"),
			prepare: readFailed,
		},
		{
			name: "admin-federation-failed",
			path: "/admin/federation",
			person,
			arrange: refusing("admin.destinations"),
			prepare: readFailed,
		},
		{ name: "admin-refused", path: "/admin", person: newcomer, prepare: (page) => read(page, "does not exist") },
	];
}

const readFailed = (page: Page): Promise<void> => read(page, "didn’t load");

async function openDialog(page: Page, name: string): Promise<void> {
	await press(page, name);
	await dialogOf(page);
}

async function changeName(page: Page): Promise<void> {
	await page.getByLabel("Name", { exact: true }).fill("Mira H.");
	await page.getByRole("button", { name: "Save" }).waitFor();
}

async function readBlocked(page: Page): Promise<void> {
	await page.getByRole("button", { name: /^Unblock/ }).scrollIntoViewIfNeeded();
}

async function renameDevice(page: Page): Promise<void> {
	await page
		.getByRole("button", { name: /^Rename/ })
		.first()
		.click();
	await dialogOf(page);
}

const passkey = { id: "screen", name: "Phone", createdAt: 1_700_000_000_000 };

async function proveWrongly(page: Page): Promise<void> {
	await askToDeactivate(page);
	const dialog = await dialogOf(page);
	await dialog.getByLabel("Your password").fill("not my password");
	await dialog.getByRole("button", { name: "Deactivate" }).click();
	await read(page, "That is not your password.");
}

async function askToDeactivate(page: Page): Promise<void> {
	await press(page, "Deactivate account");
	await dialogOf(page);
}

const scrollTo = (page: Page, heading: string): Promise<void> =>
	page.getByRole("heading", { name: heading }).scrollIntoViewIfNeeded();

async function openServerMenu(page: Page): Promise<void> {
	await press(page, "What to do with family-berger.example:8448");
	await page.getByRole("menu").waitFor();
}

async function askToBlock(page: Page): Promise<void> {
	await read(page, "Not reached");
	await press(page, "Block a server");
	await (await dialogOf(page)).getByLabel("Server").fill("*.bulkinvites.example");
}

async function openPersonMenu(page: Page): Promise<void> {
	await page.getByRole("button", { name: "What to do with Lotte Haverkamp" }).click();
	await page.getByRole("menu").waitFor();
}

async function searchAccounts(page: Page): Promise<void> {
	await read(page, "@lotte:");
	await page.getByRole("main").getByRole("searchbox").fill("zzzz");
	await read(page, "Nobody found");
}
