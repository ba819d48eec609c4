import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { repositoryRoot } from "../../../tools/house/repository-root.ts";
import { runCommand } from "../../../tools/house/run-command.ts";
import { expectChats, ownerLinkOf, postponeKey, signIn, signUp } from "../support/account-screen.ts";
import { test } from "../support/kith-test.ts";
import { makeRoom } from "../support/make-room.ts";
import type { TestServer } from "../support/test-server.ts";
import { refusal } from "../support/watch-context.ts";

const password = "canary-password-6c1f";
const wrongPassword = "canary-wrong-password-77b2";
const message = "canary-message-0be4";
const edited = "canary-edited-message-51a9";
const reason = "canary-search-3d70";

test("no log holds what somebody wrote, a password or a token", async ({ startServer, openBrowser }) => {
	const server = await startServer({ KITH_LOG_LEVEL: "debug", KITH_REGISTRATION: "token" });
	const ownerLink = (await ownerLinkOf(server)) ?? "";
	const ada = await openBrowser(server.address);
	await ada.page.goto(ownerLink);
	await signUp(ada.page, { name: "Ada", username: "ada", password });
	await postponeKey(ada.page);
	await expectChats(ada.page);

	const registrationToken = await createToken(server);
	const ben = await openBrowser(server.address);
	ben.watch.allow(refusal);
	await ben.page.goto("/sign-up");
	await signUp(ben.page, { name: "Ben", username: "ben", password, token: `${registrationToken}x` });
	await expect(ben.page.getByText("This code or link is used up or wrong.")).toBeVisible();
	await signUp(ben.page, { name: "Ben", username: "ben", password, token: registrationToken });
	await postponeKey(ben.page);
	await expectChats(ben.page);
	const cookies = await ben.page.context().cookies();
	await ben.page.goto("/you");
	await ben.page.getByRole("button", { name: "Sign out" }).click();
	await ben.confirm("Sign out");
	await signIn(ben.page, "ben", wrongPassword);
	await expect(ben.page.getByText("Username and password don’t match.")).toBeVisible();
	await signIn(ben.page, "ben", password);
	await expectChats(ben.page);

	await ada.list.getByRole("link", { name: "New chat" }).click();
	await ada.page.getByRole("searchbox", { name: "Name or username" }).fill(reason);
	await expect(ada.page.getByText("Nobody found")).toBeVisible();
	await ada.open();
	// Not encrypted: what people write passes through the server's hands.
	const benId = await ben.page.evaluate(
		async () => (await (await fetch("/api/trpc/accounts.me")).json()).result.data.userId,
	);
	await makeRoom(ada.page, { kind: "direct", inviteeIds: [benId] });
	await ada.openChat("Ben");
	await ben.join("Ada");
	await ada.send(message);
	await ada.choose(message, "Edit");
	await ada.composer.fill(edited);
	await ada.composer.press("Enter");
	await expect(ben.message(edited)).toBeVisible();

	const logs = await readLogs(server);
	// The logs are those of this run, and so detailed that a careless line would show.
	expect(logs).toContain('"msg":"started"');
	expect(logs).toMatch(/"level":"debug"/);
	expect(logs).toContain("/api/trpc");
	const ownerToken = ownerLink.split("token=")[1] ?? "";
	const secrets = { password, wrongPassword, message, edited, reason, registrationToken, ownerToken };
	for (const { name, value } of cookies) Object.assign(secrets, { [`cookie ${name}`]: value });
	expect(Object.entries(secrets).filter(([, text]) => text.length < 8 || logs.includes(text))).toEqual([]);
});

async function createToken({ dataFolder }: TestServer): Promise<string> {
	const args = [join(repositoryRoot, "tools/kith.mjs"), "token", "create"];
	const { output } = await runCommand(process.execPath, args, {
		cwd: repositoryRoot,
		env: { KITH_DATA_DIR: dataFolder },
	});
	const token = output.match(/^token: (\S+)$/m)?.[1];
	if (token === undefined) throw new Error(`no token: ${output}`);
	return token;
}

/**
 * What the process wrote but for the owner's link, which is for the eyes of whoever starts it and is never logged, and
 * every log file of the data directory, PostgreSQL's too.
 */
async function readLogs(server: TestServer): Promise<string> {
	const names = (await readdir(server.dataFolder)).filter((name) => name.endsWith(".log"));
	const files = await Promise.all(names.map((name) => readFile(join(server.dataFolder, name), "utf8")));
	const written = (await server.readLog()).split("\n").filter((line) => !line.startsWith("http"));
	return [...written, ...files].join("\n");
}
