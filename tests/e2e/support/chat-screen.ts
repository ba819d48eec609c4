import { expect, type Locator, type Page } from "@playwright/test";

export type Tick = "Waiting" | "Sent" | "Delivered" | "Read";

/** The screens behind the sign-in, as one person finds their way through them: by role and name. */
export class ChatScreen {
	readonly page: Page;
	readonly list: Locator;
	readonly composer: Locator;
	readonly conversation: Locator;
	readonly info: Locator;
	readonly netBar: Locator;

	constructor(page: Page) {
		this.page = page;
		this.list = page.getByRole("navigation", { name: "Chats" });
		this.composer = page.getByRole("textbox", { name: "Message" });
		this.conversation = page.getByRole("log", { name: "Messages" });
		this.info = page.getByRole("complementary", { name: "About this chat" });
		this.netBar = page.getByRole("region", { name: "Connection" });
	}

	/** Opens an address and waits until the person's chats are there. */
	async open(path = "/chat"): Promise<void> {
		await this.page.goto(path);
		await expect(this.list.getByRole("status", { name: "Loading" })).toHaveCount(0);
	}

	row(name: string | RegExp): Locator {
		return this.list.getByRole("link").filter({ hasText: name });
	}

	async openChat(name: string): Promise<void> {
		await this.row(name).click();
		await expect(this.page.getByRole("main", { name, exact: true })).toBeVisible();
	}

	/** Finds somebody by their username and opens the direct chat with them. */
	async startDirectChat(localpart: string): Promise<void> {
		await this.list.getByRole("link", { name: "New chat" }).click();
		await this.page.getByRole("searchbox", { name: "Name or username" }).fill(localpart);
		await this.page.getByRole("list", { name: "People found" }).getByRole("button").click();
		await expect(this.composer).toBeVisible();
	}

	async startGroup(name: string, localparts: readonly string[]): Promise<void> {
		await this.list.getByRole("link", { name: "New chat" }).click();
		await this.page.getByRole("link", { name: "New group" }).click();
		await this.page.getByRole("textbox", { name: "Group name" }).fill(name);
		const search = this.page.getByRole("searchbox", { name: "Name or username" });
		for (const localpart of localparts) {
			await search.fill(localpart);
			await this.page.getByRole("list", { name: "People found" }).getByText(`@${localpart}:`).click();
		}
		await this.page.getByRole("button", { name: "Create group" }).click();
		await expect(this.page.getByRole("main", { name, exact: true })).toBeVisible();
	}

	/** Invites somebody into the chat that is open. */
	async invite(localpart: string): Promise<void> {
		await this.openInfo();
		await this.info.getByRole("button", { name: "Invite someone" }).click();
		const dialog = this.page.getByRole("dialog");
		await dialog.getByRole("searchbox").fill(localpart);
		await dialog.getByText(`@${localpart}:`).click();
		await expect(dialog).toHaveCount(0);
	}

	/** Opens an invitation and joins. */
	async join(name: string): Promise<void> {
		await this.row(name).click();
		await this.page.getByRole("button", { name: "Join" }).click();
		await expect(this.composer).toBeVisible();
	}

	async send(text: string): Promise<void> {
		await this.composer.fill(text);
		await this.composer.press("Enter");
		await expect(this.message(text)).toBeVisible();
	}

	message(text: string): Locator {
		return this.conversation.getByRole("article").filter({ hasText: text });
	}

	/** Waits until these are the texts of all messages, oldest first. */
	async expectTexts(texts: readonly string[]): Promise<void> {
		await expect.poll(() => this.#texts()).toEqual(texts);
	}

	async #texts(): Promise<readonly string[]> {
		return this.conversation.locator("article .text").evaluateAll((all) =>
			all.map((one) => {
				const copy = one.cloneNode(true) as HTMLElement;
				copy.querySelector(".meta")?.remove();
				return copy.textContent ?? "";
			}),
		);
	}

	async expectTick(text: string, tick: Tick): Promise<void> {
		await expect(this.message(text).getByRole("img", { name: tick, exact: true })).toBeVisible();
	}

	/** Opens a message's menu and chooses from it. */
	async choose(text: string, item: string): Promise<void> {
		const message = this.message(text);
		await message.hover();
		await message.getByRole("button", { name: "More" }).click();
		await this.page.getByRole("menuitem", { name: item }).click();
	}

	/** Presses Tab until the focus is there. */
	async tabTo(role: "button" | "link" | "searchbox" | "textbox", name: string): Promise<void> {
		await this.tabToward(this.page.getByRole(role, { name, exact: true }));
	}

	/** Presses Tab until the focus is on one of what the locator finds. */
	async tabToward(goal: Locator): Promise<void> {
		const isThere = (): Promise<boolean> =>
			goal.evaluateAll((all) => all.some((one) => one === document.activeElement));
		for (let presses = 0; presses < 60; presses += 1) {
			if (await isThere()) return;
			await this.page.keyboard.press("Tab");
		}
		throw new Error(`Tab does not lead to ${goal}`);
	}

	async openInfo(): Promise<void> {
		if (!(await this.info.isVisible())) await this.page.getByRole("link", { name: "About this chat" }).click();
		await expect(this.info).toBeVisible();
	}

	/** A person's line in the information pane. */
	member(name: string): Locator {
		return this.info.getByRole("listitem").filter({ hasText: name });
	}

	/** Does something with a member; what is asked first is confirmed. */
	async actOn(name: string, choice: string): Promise<void> {
		await this.member(name).getByRole("button").click();
		await this.page.getByRole("menuitem", { name: choice }).click();
		if (choice === "Ban" || choice === "Remove from chat") await this.confirm(choice);
	}

	/** What can be done about a member, all of it. */
	async expectChoices(name: string, choices: readonly string[]): Promise<void> {
		await this.member(name).getByRole("button").click();
		await expect(this.page.getByRole("menuitem")).toHaveText([...choices]);
		await this.page.keyboard.press("Escape");
	}

	async confirm(action: string): Promise<void> {
		await this.page.getByRole("dialog").getByRole("button", { name: action }).click();
		await expect(this.page.getByRole("dialog")).toHaveCount(0);
	}
}
