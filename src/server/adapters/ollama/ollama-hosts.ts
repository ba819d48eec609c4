import { AppError } from "../../../shared/app-error.ts";
import type { AnswerBounds } from "../../../shared/ollama/answer-bounds.ts";
import { isCloudName } from "../../../shared/ollama/model-name.ts";
import type { AssistantState, WireAssistantHost } from "../../../shared/wire/assistant.ts";
import type { Clock, HostCheck, ModelHost, ModelHosts } from "../../assistant/public.ts";
import { createOllamaHost } from "./ollama-host.ts";

export interface OllamaHostsOptions {
	readonly urls: readonly string[];
	readonly chatModel: string;
	readonly embedModel: string;
	readonly contextTokens: number;
	readonly clock: Clock;
	readonly bounds?: Partial<AnswerBounds>;
}

type Pull = NonNullable<WireAssistantHost["models"][number]["pull"]>;

interface Known {
	readonly host: ModelHost;
	isTaken: boolean;
	/** Moments: of the last use, and of when it was last found not to answer. */
	usedAt: number;
	distrustedAt: number;
	check: Promise<HostCheck> | undefined;
	checkedAt: number;
	readonly pulls: Map<string, Pull>;
}

/** What was seen so long ago is looked at anew. */
const freshMs = 5_000;
/** So long a host that did not answer goes last. */
const distrustMs = 30_000;
const order: readonly AssistantState[] = ["ready", "model-too-small", "no-model", "unreachable"];

/** The Ollamas that the owner named, each with one slot. Throws where a model would run on somebody else's machines. */
export const createOllamaHosts = (options: OllamaHostsOptions): ModelHosts => {
	const { chatModel, embedModel, contextTokens, clock } = options;
	for (const model of [chatModel, embedModel]) {
		if (isCloudName(model)) throw new Error(`${model} runs on machines of others`);
	}
	const known = options.urls.map(
		(url): Known => ({
			host: createOllamaHost({ ...options, url }),
			...{ isTaken: false, usedAt: 0, distrustedAt: Number.NEGATIVE_INFINITY },
			...{ check: undefined, checkedAt: Number.NEGATIVE_INFINITY, pulls: new Map() },
		}),
	);
	const isDistrusted = ({ distrustedAt }: Known): boolean => clock.now() - distrustedAt < distrustMs;
	const check = (entry: Known): Promise<HostCheck> => {
		if (entry.check === undefined || clock.now() - entry.checkedAt >= freshMs) {
			entry.checkedAt = clock.now();
			entry.check = entry.host.check().then((seen) => {
				entry.distrustedAt = seen.state === "ready" ? Number.NEGATIVE_INFINITY : clock.now();
				return seen;
			});
		}
		return entry.check;
	};
	const find = (host: ModelHost): Known | undefined => known.find((entry) => entry.host === host);
	return {
		chatModel,
		embedModel,
		contextTokens,
		slots: known.length,
		take: () => {
			const trusted = known.filter((entry) => !isDistrusted(entry));
			const [first] = (trusted.length > 0 ? trusted : known)
				.filter(({ isTaken }) => !isTaken)
				.sort((one, other) => one.usedAt - other.usedAt);
			if (first === undefined) return undefined;
			first.isTaken = true;
			first.usedAt = clock.now();
			return first.host;
		},
		giveBack: (host) => {
			const entry = find(host);
			if (entry === undefined) return;
			entry.isTaken = false;
			entry.usedAt = clock.now();
		},
		distrust: (host) => {
			const entry = find(host);
			if (entry === undefined) return;
			entry.distrustedAt = clock.now();
			entry.check = undefined;
		},
		state: async () => {
			const states = (await Promise.all(known.map(check))).map(({ state }) => state);
			return order.find((state) => states.some((seen) => seen === state)) ?? "unreachable";
		},
		hasEmbed: async () => (await Promise.all(known.map(check))).some(({ hasEmbed }) => hasEmbed),
		list: () => Promise.all(known.map(async (entry) => describeHost(entry, await check(entry), options))),
		pull: (url, model) => {
			if (model !== chatModel && model !== embedModel) throw new AppError("bad-input", { detail: "model" });
			const entry = known.find(({ host }) => host.url === url);
			if (entry === undefined) throw new AppError("not-found");
			beginPull(entry, model);
		},
	};
};

const beginPull = (entry: Known, model: string): void => {
	if (entry.pulls.get(model)?.state === "running") return;
	const note = (pull: Pull): void => void entry.pulls.set(model, pull);
	note({ state: "running", completed: 0, total: 0 });
	const bytes = (): Omit<Pull, "state"> => {
		const { completed = 0, total = 0 } = entry.pulls.get(model) ?? {};
		return { completed, total };
	};
	void entry.host
		.pull(model, (completed, total) => note({ state: "running", completed, total }))
		.then(
			() => note({ ...bytes(), state: "done" }),
			() => note({ ...bytes(), state: "failed" }),
		)
		.finally(() => {
			entry.check = undefined;
		});
};

const describeHost = (
	{ host, pulls }: Known,
	{ state, version, hasChat, hasEmbed }: HostCheck,
	{ chatModel, embedModel }: OllamaHostsOptions,
): WireAssistantHost => {
	const model = (name: string, use: "chat" | "embed", isThere: boolean) => {
		const pull = pulls.get(name);
		return { name, use, isThere, ...(pull === undefined ? {} : { pull }) };
	};
	return {
		url: host.url,
		state,
		...(version === undefined ? {} : { version }),
		models: [model(chatModel, "chat", hasChat), model(embedModel, "embed", hasEmbed)],
	};
};
