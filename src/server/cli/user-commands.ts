import type { Command, CommandCall, OperatorContext } from "./command.ts";
import { textOption } from "./command.ts";

const passwordOption = { "password-stdin": { type: "boolean" } } as const;

/** A password never stands among the arguments, where every user of the machine can read it. */
const passwordFrom = async (context: OperatorContext, call: CommandCall): Promise<string | undefined> =>
	call.values["password-stdin"] === true ? context.readInputLine() : undefined;

const nameOf = (call: CommandCall): string => call.positionals[0] ?? "";

const addUser: Command = {
	words: ["user", "add"],
	usage: "NAME [--display-name TEXT] [--owner] [--password-stdin]",
	summary: "make an account; prints a random password unless one comes on standard input",
	positionalCount: 1,
	options: { ...passwordOption, "display-name": { type: "string" }, owner: { type: "boolean" } },
	run: async (context, call) => {
		const given = await passwordFrom(context, call);
		const { userId, password } = await context.operator.addAccount({
			localpart: nameOf(call),
			displayName: textOption(call, "display-name"),
			password: given,
			isOwner: call.values["owner"] === true,
		});
		context.print(`made ${userId}`);
		printPassword(context, given, password);
	},
};

const resetPassword: Command = {
	words: ["user", "reset-password"],
	usage: "NAME [--password-stdin]",
	summary: "give a new password and sign every device out",
	positionalCount: 1,
	options: passwordOption,
	run: async (context, call) => {
		const given = await passwordFrom(context, call);
		const { userId, password } = await context.operator.resetPassword({ name: nameOf(call), password: given });
		context.print(`${userId} has a new password; every device was signed out`);
		printPassword(context, given, password);
	},
};

const disableUser: Command = {
	words: ["user", "disable"],
	usage: "NAME",
	summary: "refuse the account and sign every device out; its name stays taken",
	positionalCount: 1,
	options: {},
	run: async (context, call) => {
		const { userId } = await context.operator.disableAccount(nameOf(call));
		context.print(`${userId} is disabled`);
	},
};

const enableUser: Command = {
	words: ["user", "enable"],
	usage: "NAME",
	summary: "let a disabled account sign in again",
	positionalCount: 1,
	options: {},
	run: async (context, call) => {
		const { userId } = await context.operator.enableAccount(nameOf(call));
		context.print(`${userId} is enabled`);
	},
};

const listUsers: Command = {
	words: ["user", "list"],
	usage: "",
	summary: "list the accounts",
	positionalCount: 0,
	options: {},
	run: async (context) => {
		for (const account of await context.operator.listAccounts()) {
			const marks = [account.isOwner ? "owner" : "", account.isDisabled ? "disabled" : ""].filter(Boolean);
			const since = new Date(account.createdAt).toISOString().slice(0, 10);
			context.print([account.userId, since, account.displayName, ...marks].join("\t"));
		}
	},
};

const printPassword = (context: OperatorContext, given: string | undefined, password: string): void => {
	if (given === undefined) {
		context.print(`password: ${password}`);
	}
};

export const userCommands: readonly Command[] = [addUser, resetPassword, disableUser, enableUser, listUsers];
