import { isServerAllowed } from "../../../../federation/authorization/server-acl.ts";
import { serverPattern } from "../../../../federation/authorization/server-pattern.ts";
import type { ServerName } from "../../../../federation/identifiers/identifier-types.ts";
import { AppError } from "../../../shared/app-error.ts";
import type { Log } from "../../../shared/log.ts";
import type { Bus } from "../../stream/public.ts";
import type { InvitationPolicy } from "../membership/ports.ts";
import type { RuleStore, ServerRule, StoredRules } from "./ports.ts";

export interface ServerRulesDependencies {
	readonly store: RuleStore;
	readonly bus: Bus;
	readonly clock: { now(): number };
	readonly serverName: ServerName;
	/** What holds while the owner has chosen nothing. */
	readonly defaultPolicy: InvitationPolicy;
	readonly log: Log;
}

/** Answers from memory which servers the owner of this one wants to do with. */
export interface ServerGate {
	/** False: nothing is sent to that server, asked of it or taken from it. */
	isAllowed(server: ServerName): boolean;
}

/** A glob says more than a thousand names. */
const mostRules = 1_000;

/**
 * The owner's lists of servers, and whose invitations people get: kept in memory, and read again when any process of this
 * database has changed them. Before the first `load` nothing is allowed.
 */
export const createServerRules = (dependencies: ServerRulesDependencies) => {
	const { store, bus, clock, serverName, defaultPolicy, log } = dependencies;
	let rules: StoredRules | undefined;
	const load = async (): Promise<void> => {
		rules = await store.read();
	};
	const changed = async (): Promise<void> => {
		await load();
		bus.publish({ kind: "rules" });
	};
	const unsubscribe = bus.subscribe(({ kind }) => {
		if (kind !== "rules" && kind !== "resync") return;
		load().catch((err: unknown) => log.warn({ err }, "the rules about other servers could not be read again"));
	});
	return {
		load,
		isAllowed: (server: ServerName): boolean => rules !== undefined && isServerAllowed(accessList(rules), server),
		invitationPolicy: (): InvitationPolicy => rules?.invitationPolicy ?? defaultPolicy,
		/** Whether other servers hear who is there, and are heard about it. Not unless the owner says so. */
		isPresenceShared: (): boolean => rules?.isPresenceShared ?? false,
		/** The lists, in order, and what holds. */
		read: (): StoredRules & { readonly invitationPolicy: InvitationPolicy } => ({
			servers: rules?.servers ?? [],
			invitationPolicy: rules?.invitationPolicy ?? defaultPolicy,
			isPresenceShared: rules?.isPresenceShared ?? false,
		}),
		setInvitationPolicy: async (policy: InvitationPolicy): Promise<void> => {
			await store.setInvitationPolicy(policy);
			await changed();
		},
		setPresenceShared: async (isShared: boolean): Promise<void> => {
			await store.setPresenceShared(isShared);
			await changed();
		},
		/** Throws `bad-input` for what names no server or would shut this one out, `too-large` beyond a thousand rules. */
		put: async ({ text, kind, note }: NewServerRule): Promise<void> => {
			const pattern = serverPattern(text);
			const list = { allow: ["*"], deny: [pattern ?? ""] };
			if (pattern === undefined || (kind === "block" && !isServerAllowed(list, serverName))) {
				throw new AppError("bad-input", { detail: "pattern" });
			}
			const rule = { pattern, kind, note: note.replaceAll("\u0000", "\ufffd"), createdAt: clock.now() };
			if (!(await store.put(rule, mostRules))) throw new AppError("too-large");
			await changed();
		},
		remove: async (pattern: string): Promise<void> => {
			await store.remove(pattern);
			await changed();
		},
		stop: unsubscribe,
	};
};

export type ServerRules = ReturnType<typeof createServerRules>;

export interface NewServerRule {
	/** As the owner writes it. */
	readonly text: string;
	readonly kind: "block" | "allow";
	readonly note: string;
}

/** In the form of a room's access list, which knows all spellings of a server's name. */
const accessList = ({ servers }: StoredRules) => {
	const of = (kind: ServerRule["kind"]): readonly string[] =>
		servers.filter((rule) => rule.kind === kind).map(({ pattern }) => pattern);
	const allow = of("allow");
	return { allow: allow.length === 0 ? ["*"] : allow, deny: of("block") };
};
