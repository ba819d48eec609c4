/** What is asked, or shown, before something is done. */
export type InfoDialog =
	| { readonly kind: "invite" | "edit" | "joinRule" | "history" | "aliases" | "encrypt" | "assistant" | "leave" }
	| { readonly kind: "links" }
	/** The same id for every try: a second press after a lost answer moves the chat once. */
	| { readonly kind: "upgrade"; readonly transactionId: string }
	| { readonly kind: "kick" | "ban"; readonly userId: string; readonly name: string };

/** What a dialog asks to be done. */
export type InfoAction =
	| { readonly kind: "invite" | "kick" | "ban"; readonly userId: string }
	| { readonly kind: "edit"; readonly name: string; readonly topic: string }
	| { readonly kind: "joinRule"; readonly joinRule: "public" | "knock" | "invite" }
	| { readonly kind: "history"; readonly historyVisibility: HistoryVisibility }
	| { readonly kind: "encrypt" }
	| { readonly kind: "assistant"; readonly policy: AssistantChoice; readonly asMember: MemberChoices }
	| { readonly kind: "addAlias" | "removeAlias"; readonly alias: string }
	| { readonly kind: "upgrade"; readonly ownerIds: readonly string[]; readonly transactionId: string }
	| { readonly kind: "leave"; readonly forgets: boolean };

/** What the assistant does by itself as a member. */
export interface MemberChoices {
	readonly digest: DigestChoice | undefined;
	readonly isGreeting: boolean;
}

/** When it tells what happened; a weekday counts from Sunday, 0. */
export interface DigestChoice {
	readonly every: "day" | "week";
	readonly hour: number;
	readonly weekday: number;
}

export type AssistantChoice = "off" | "personal" | "bot";

export type HistoryVisibility = "world_readable" | "shared" | "invited" | "joined";
