import { MessagesSquare } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { FailedState } from "../../components/failed-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { SettingsGroup, SettingsPage } from "../../components/settings-page.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import "../../shared/text/en/assistant.ts";
import "../../shared/text/en/assistant-places.ts";
import { text } from "../../shared/text/text.ts";
import { TextPlacesView } from "./text-places-view.tsx";

export interface AssistantSettingsProps {
	readonly host: string;
	/** `none`: the server has no assistant. */
	readonly state: "loading" | "none" | "there" | { readonly problem: string };
	readonly onRetry: () => void;
	/** The person has an AI of their own. */
	readonly hasOwn: boolean;
	readonly own: ReactNode;
	/** What can be chosen, where there is an assistant. */
	readonly choices?: ReactNode;
}

/** What a person can know and decide about the assistant. */
export function AssistantSettingsView({ host, state, hasOwn, own, onRetry, choices }: AssistantSettingsProps) {
	const isThere = state === "there" || hasOwn;
	return (
		<SettingsPage title={text("assistant.title")}>
			{state === "loading" && <SkeletonRows count={3} label={text("places.asking", { host })} />}
			{typeof state === "object" && <FailedState text={state.problem} onRetry={onRetry} />}
			{isThere && (
				<Link className="button button-second button-large button-wide" href="/ask">
					<Icon of={MessagesSquare} size={18} />
					{text("assistant.all")}
				</Link>
			)}
			{own}
			{isThere && choices}
			{(isThere || state === "none") && (
				<SettingsGroup title={text("places.title")}>
					<p className="places-lead">{isThere ? text("places.lead") : text("places.none", { host })}</p>
					{isThere && <TextPlacesView host={host} />}
				</SettingsGroup>
			)}
		</SettingsPage>
	);
}
