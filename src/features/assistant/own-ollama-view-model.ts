import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useObservable } from "../../client/hooks/use-observable.ts";
import { placeOf } from "../../client/own-ollama/ai-place.ts";
import { type OwnOllama, type OwnSettings, ownOllama } from "../../client/own-ollama/own-settings.ts";
import { isIpv6Address, nearAddress } from "../../shared/near-address.ts";
import type { KnownModel } from "../../shared/ollama/check-models.ts";
import "../../shared/text/en/own-ollama.ts";
import { text } from "../../shared/text/text.ts";
import type { OwnOllamaProps } from "./own-ollama-view.tsx";

/** Where Ollama is found at first on most machines. */
const usual = "http://localhost:11434";
/** What a prompt and its answer have together where the model takes so much: more costs memory, and time. */
const usualContext = 4096;
/** With less there is no room for messages. */
const leastContext = 2048;

/** The person's own Ollama, as it can be looked for, chosen and left. @param host the person's server */
export function useOwnOllama(host: string, hasServerAi: boolean): OwnOllamaProps {
	const own = useObservable(ownOllama, (one) => one);
	const keep = useMutation({
		mutationFn: async (settings: OwnSettings | undefined) => {
			const { chooseOwnOllama } = await import("../../client/own-ollama/keep-own-ollama.ts");
			await chooseOwnOllama(settings);
		},
	});
	const dialog = useOwnDialog(own, (settings) => keep.mutate(settings));
	return {
		host,
		isSet: own.kind === "set",
		words: wordsOf(own, host, hasServerAi),
		problem: own.kind === "broken" ? text("own.broken") : keep.isError ? text("ownProblem.kept") : undefined,
		canStop: own.kind === "set" || own.kind === "broken",
		onStop: () => keep.mutate(undefined),
		...dialog,
	};
}

function wordsOf(own: OwnOllama, host: string, hasServerAi: boolean): string {
	if (own.kind === "set") {
		return text("own.inUse", { model: own.settings.chatModel, host: placeOf(own, host).name });
	}
	return hasServerAi ? text("own.none", { host }) : text("own.noneAtAll");
}

interface Found {
	readonly origin: string;
	readonly version: string;
	readonly models: readonly KnownModel[];
}

/** Looks for an Ollama by its address, and lets its person choose a model. */
function useOwnDialog(own: OwnOllama, onUse: (settings: OwnSettings) => void) {
	const [isOpen, setOpen] = useState(false);
	const [address, setAddress] = useState("");
	const [chosen, setChosen] = useState<string | undefined>();
	const [chosenFinder, setChosenFinder] = useState<string | undefined>();
	const look = useMutation({ mutationFn: lookFor });
	const found = look.data?.kind === "found" ? look.data.found : undefined;
	const writers = found?.models.filter(canWrite) ?? [];
	const known = own.kind === "set" ? own.settings : undefined;
	const model =
		writers.find(({ name }) => name === chosen) ?? writers.find(({ name }) => name === known?.chatModel) ?? writers[0];
	const finders = found?.models.filter(({ canEmbed }) => canEmbed).map(({ name }) => name) ?? [];
	const finder = finderOf(finders, chosenFinder ?? known?.embedModel, known !== undefined);
	return {
		onOpen: () => {
			look.reset();
			setAddress(known?.origin ?? usual);
			setChosen(undefined);
			setChosenFinder(undefined);
			setOpen(true);
		},
		dialog: isOpen
			? {
					address,
					usual,
					isLooking: look.isPending,
					problem: look.data?.kind === "problem" ? look.data.words : undefined,
					found: found && {
						words: text("own.found", { version: found.version }),
						models: writers.map(({ name }) => name),
						model: model?.name ?? "",
						finders,
						finder: finder ?? "",
					},
					onAddress: (next: string) => {
						look.reset();
						setAddress(next);
					},
					onModel: setChosen,
					onFinder: setChosenFinder,
					onSubmit: () => {
						if (found === undefined || model === undefined) return look.mutate(address);
						onUse(settingsOf(found.origin, { model, finder, known }));
						setOpen(false);
					},
					onClose: () => setOpen(false),
				}
			: undefined,
	};
}

type Looked = { readonly kind: "found"; readonly found: Found } | { readonly kind: "problem"; readonly words: string };

async function lookFor(address: string): Promise<Looked> {
	const near = nearAddress(address.trim());
	if (near === undefined) {
		const problem = isIpv6Address(address.trim()) ? "ownProblem.ipv6" : "ownProblem.address";
		return { kind: "problem", words: text(problem) };
	}
	const { checkOwn } = await import("../../client/own-ollama/check-own.ts");
	const check = await checkOwn(near.origin);
	if (check.kind === "problem") {
		return {
			kind: "problem",
			words: text(`ownProblem.${check.problem}`, { origin: location.origin, host: near.host }),
		};
	}
	if (!check.models.some(canWrite)) return { kind: "problem", words: text("ownProblem.no-models") };
	return { kind: "found", found: { origin: near.origin, version: check.version, models: check.models } };
}

function canWrite({ canChat, contextTokens = usualContext }: KnownModel): boolean {
	return canChat && contextTokens >= leastContext;
}

interface Chosen {
	readonly model: KnownModel;
	readonly finder: string | undefined;
	readonly known: OwnSettings | undefined;
}

/** The one that was chosen, also none; at first the first one. */
function finderOf(finders: readonly string[], chosen: string | undefined, isKnown: boolean): string | undefined {
	if (chosen === undefined) return isKnown ? undefined : finders[0];
	return finders.find((name) => name === chosen);
}

function settingsOf(origin: string, { model, finder, known }: Chosen): OwnSettings {
	const { name, contextTokens = usualContext } = model;
	return {
		...{ origin, chatModel: name, contextTokens: Math.min(usualContext, contextTokens) },
		...(finder !== undefined && { embedModel: finder }),
		secret: known?.secret ?? newSecret(),
	};
}

function newSecret(): string {
	return [...crypto.getRandomValues(new Uint8Array(32))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
