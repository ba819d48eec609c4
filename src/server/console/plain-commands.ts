import { AppError } from "../../shared/app-error.ts";
import type { WireChart, WireCommand, WireCommandResult } from "../../shared/wire/commands.ts";
import { type DestructiveName, patternOf, requireRule } from "./destructive-commands.ts";
import type { CommandCall, ConsoleDependencies } from "./ports.ts";

type PlainName = Exclude<WireCommand["name"], DestructiveName>;

const dayMs = 86_400_000;
/** What one screen shows of the longest lists. */
const mostPeople = 50;
const mostReports = 50;
const mostServers = 50;
const mostInQueue = 8;

/** What is asked, and what takes nothing from anybody. Each by the use case that the pages call too. */
export const plainCommands: {
	readonly [Name in PlainName]: (call: CommandCall<Name>) => Promise<WireCommandResult>;
} = {
	"people-list": async ({ of, command: { text = "" } }) => {
		const { items, nextCursor } = await of.admin.people({ text, limit: mostPeople });
		return { kind: "people", items: [...items], hasMore: nextCursor !== undefined };
	},
	"people-show": async ({ of, command }) => ({ kind: "person", person: await of.admin.person(command.person) }),
	"people-reactivate": async ({ of, viewer, command }) => {
		const { userId } = await of.admin.person(command.person);
		await of.admin.setDisabled(viewer, userId, false);
		return { kind: "done", command: { ...command, person: userId } };
	},
	"rooms-list": async ({ of, command: { text = "" } }) => {
		const { items, hasMore } = await of.admin.rooms(text);
		return { kind: "rooms", items: [...items], hasMore };
	},
	"rooms-show": async ({ of, command }) => {
		const room = await of.admin.room(command.room);
		return { kind: "room", room, people: [...(await of.admin.peopleIn(room.roomId))] };
	},
	"invites-list": async ({ of }) => ({ kind: "invites", items: [...(await of.admin.tokens())] }),
	"invites-make": async ({ of, command: { uses = 1, days } }) => {
		const terms = { usesAllowed: uses, ...(days !== undefined && { expiresInMs: days * dayMs }) };
		return { kind: "invite", token: await of.admin.createToken(terms) };
	},
	"reports-list": async ({ of }) => ({
		kind: "reports",
		items: (await of.safety.reports()).slice(0, mostReports),
	}),
	"reports-show": async ({ of, command }) => ({ kind: "report", report: await findReport(of, command.report) }),
	"reports-settle": async ({ of, command }) => {
		await findReport(of, command.report);
		await of.safety.settle(command.report);
		return { kind: "done", command };
	},
	"servers-list": async ({ of }) => ({
		kind: "servers",
		items: (await of.federation.exchange.destinations.list()).slice(0, mostServers),
	}),
	"servers-rules": async ({ of }) => ({ kind: "rules", items: [...of.federation.rules.read().servers] }),
	"servers-retry": async ({ of, command }) => {
		const { destinations } = of.federation.exchange;
		const isKnown = (await destinations.list()).some(({ serverName }) => serverName === command.server);
		if (!isKnown) throw new AppError("not-found");
		await destinations.retryNow(command.server);
		return { kind: "done", command };
	},
	"servers-unblock": async ({ of, command }) => {
		const server = patternOf(command.server);
		requireRule(of, server, "block");
		await of.federation.rules.remove(server);
		return { kind: "done", command: { ...command, server } };
	},
	metrics: async ({ of, command }) => {
		const wanted = command.chart === undefined ? charts : [[command.chart, chartOf[command.chart]] as const];
		const points = await Promise.all(wanted.map(async ([chart, read]) => ({ chart, points: await read(of) })));
		return { kind: "charts", charts: points };
	},
	storage: async ({ of }) => ({ kind: "storage", parts: [...(await of.admin.storage())] }),
	backup: async ({ of }) => {
		const last = await of.readLastBackup();
		return { kind: "backup", lastAt: last?.finishedAt, sizeBytes: last?.sizeBytes };
	},
	about: async ({ of }) => {
		const [owners, policy, { kithVersion }] = await Promise.all([
			of.admin.owners(),
			of.accounts.readRegistrationPolicy(),
			of.admin.processFigures(),
		]);
		const { serverName, registration } = policy;
		return { kind: "about", serverName, registration, kithVersion, owners: [...owners] };
	},
	devices: async ({ of, viewer }) => ({ kind: "devices", items: [...(await of.accounts.listDevices(viewer))] }),
};

const findReport = async ({ safety }: Pick<ConsoleDependencies, "safety">, id: string) => {
	const report = (await safety.reports()).find((one) => one.id === id);
	if (report === undefined) throw new AppError("not-found");
	return report;
};

type ReadPoints = (of: ConsoleDependencies) => Promise<WireChart["points"]>;

const chartOf: Readonly<Record<WireChart["chart"], ReadPoints>> = {
	messages: async ({ admin }) =>
		(await admin.statistics()).messagesByDay.map(({ day, count }) => ({ label: day, value: count })),
	people: async ({ admin }) => (await admin.peopleByDay()).map(({ day, count }) => ({ label: day, value: count })),
	/** The longest first. */
	queue: async ({ federation }) =>
		(await federation.exchange.destinations.list())
			.filter(({ queueLength }) => queueLength > 0)
			.sort((one, other) => other.queueLength - one.queueLength)
			.slice(0, mostInQueue)
			.map(({ serverName, queueLength }) => ({ label: serverName, value: queueLength })),
};

const charts = Object.entries(chartOf) as [WireChart["chart"], ReadPoints][];
