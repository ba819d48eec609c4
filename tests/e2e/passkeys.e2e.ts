import { expect } from "@playwright/test";
import { sharedPassword } from "../server-process/add-people.ts";
import { expectChats, postponeKey } from "./support/account-screen.ts";
import { test } from "./support/kith-test.ts";
import { addVirtualAuthenticator } from "./support/virtual-authenticator.ts";
import { refusal } from "./support/watch-context.ts";

test("makes an account with a passkey and signs in by it without typing", async ({ server, openBrowser }) => {
	const visitor = await openBrowser(server.address);
	const { page } = visitor;
	await addVirtualAuthenticator(page);
	await page.goto("/sign-up");
	await expect(page.getByRole("radio", { name: "Passkey" })).toBeChecked();
	await page.getByRole("textbox", { name: "Your name" }).fill("Pia");
	await page.getByRole("textbox", { name: "Username" }).fill(`pia.${Date.now().toString(36)}`);
	await page.getByRole("button", { name: "Create account" }).click();
	await postponeKey(page);
	await expectChats(page);

	const signOut = async (): Promise<void> => {
		await page.goto("/you");
		await page.getByRole("button", { name: "Sign out" }).click();
		await visitor.confirm("Sign out");
	};
	// The browser offers the passkey by itself, and this one's person always says yes.
	await signOut();
	await expectChats(page);
	// Another browser cannot, and the person asks for it.
	await page.addInitScript(() => {
		PublicKeyCredential.isConditionalMediationAvailable = async () => false;
	});
	await signOut();
	await page.getByRole("button", { name: "Use a passkey" }).click();
	await expectChats(page);

	await page.goto("/you/security");
	await page.getByRole("button", { name: /^Remove / }).click();
	await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
	await expect(page.getByText("This is your only way in. Set a password first.")).toBeVisible();
});

test("adds a passkey, names it, and takes it away again", async ({ meet }) => {
	const [ada] = await meet("ada");
	const { page } = ada;
	await addVirtualAuthenticator(page);
	await page.goto("/you/security");
	await page.getByRole("button", { name: "Add a passkey" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("textbox", { name: "Your password" }).fill(sharedPassword);
	await dialog.getByRole("button", { name: "Add" }).click();
	await page.getByRole("button", { name: /^Rename / }).click();
	await dialog.getByRole("textbox", { name: "Name" }).fill("Blue key");
	await dialog.getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("Blue key")).toBeVisible();
	await page.getByRole("button", { name: "Remove Blue key" }).click();
	await dialog.getByRole("textbox", { name: "Your password" }).fill(sharedPassword);
	await ada.confirm("Remove");
	await expect(page.getByText("Blue key")).toBeHidden();
});

test("signs another device out while it is open, and changes the password", async ({ meet, openBrowser, server }) => {
	const [ada] = await meet("ada");
	const phone = await openBrowser(server.address);
	await phone.page.goto("/sign-in");
	await phone.page.getByRole("textbox", { name: "Username" }).fill(ada.localpart);
	await phone.page.getByRole("textbox", { name: "Password" }).fill(sharedPassword);
	await phone.page.getByRole("button", { name: "Sign in", exact: true }).click();
	await expectChats(phone.page);

	const { page } = ada;
	phone.watch.allow(refusal);
	phone.watch.allow(/WebSocket/);
	await page.goto("/you/devices");
	await page.getByRole("button", { name: "Sign out everywhere else" }).click();
	const proof = page.getByRole("dialog").getByRole("textbox", { name: "Your password" });
	await proof.fill("not her password");
	await page.getByRole("dialog").getByRole("button", { name: "Sign out" }).click();
	await expect(page.getByText("That is not your password.")).toBeVisible();
	await proof.fill(sharedPassword);
	await ada.confirm("Sign out");
	await expect(page.getByText("Nowhere else.")).toBeVisible();
	await expect(phone.page).toHaveURL(/\/sign-in/);

	await page.goto("/you/security");
	await page.getByRole("textbox", { name: "Current password" }).fill("not her password");
	await page.getByRole("textbox", { name: "New password" }).fill("seven green bicycles");
	await page.getByRole("button", { name: "Change password" }).click();
	await expect(page.getByText("That is not your password.")).toBeVisible();
	await page.getByRole("textbox", { name: "Current password" }).fill(sharedPassword);
	await page.getByRole("button", { name: "Change password" }).click();
	await expect(page.getByText("Changed", { exact: true })).toBeVisible();
});
