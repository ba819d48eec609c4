import { expect } from "@playwright/test";
import { consoleOf, enterConsole } from "./support/enter-console.ts";
import { test } from "./support/kith-test.ts";
import { refusal } from "./support/watch-context.ts";

test("with no Ollama the owner's commands are found, run, drawn and confirmed; others have but a few", async ({
	startServer,
	openBrowser,
}) => {
	// Port 9 is nobody's.
	const [olive, ben] = await enterConsole({ startServer, openBrowser, ollamaUrl: "http://127.0.0.1:9" });
	await olive.page.getByRole("link", { name: "Server", exact: true }).click();
	await olive.page.getByRole("link", { name: "Ask your server" }).click();
	const server = consoleOf(olive.page);
	await server.field.pressSequentially("/peo");
	await expect(server.pane.getByRole("option").first()).toContainText("/people list");
	await server.field.press("ArrowDown");
	await server.field.press("ArrowDown");
	await server.field.press("Enter");
	await expect(server.field).toHaveValue("/people show ");
	await server.say("/people");
	await expect(server.last.getByRole("row").filter({ hasText: "Ben" })).toContainText("Active");

	await server.say("/people supsend ben");
	await expect(server.last).toContainText("There is no command");
	await server.last.getByRole("button", { name: "/people suspend" }).click();
	await expect(server.field).toHaveValue("/people suspend ");
	await server.field.pressSequentially("ben");
	await server.field.press("Enter");
	const proposal = server.pane.getByRole("region", { name: "Switch off Ben?" });
	await expect(proposal).toContainText("/people suspend @ben:");
	await expect(proposal.getByRole("button", { name: "Cancel" })).toBeFocused();
	await expect(ben.page).toHaveURL(/\/chat/);
	ben.watch.allow(refusal);
	await proposal.getByRole("button", { name: "Switch off" }).click();
	await expect(server.last).toContainText("is switched off");
	await expect(ben.page).toHaveURL(/\/sign-in/);

	await server.say("/metrics");
	await expect(server.last.getByRole("figure")).toHaveCount(3);
	await server.last.getByText("The numbers").last().click();
	await expect(server.last.getByRole("table").getByRole("row").last()).toContainText("2");
	await server.say("How do I use the recovery key?");
	await server.last.getByRole("button", { name: "Recovery key: when all devices are lost" }).click();
	const passage = olive.page.getByRole("dialog", { name: /^Recovery key/ });
	await expect(passage).toContainText("twelve groups of four letters and digits");
});
