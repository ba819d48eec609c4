import type { ReactNode } from "react";
import { text } from "../shared/text/text.ts";
import { Pane } from "./pane.tsx";

export interface SettingsPageProps {
	readonly title: string;
	readonly children: ReactNode;
}

/** A section of the settings: beside the list of sections where there is room, else a page of its own with a way back. */
export function SettingsPage({ title, children }: SettingsPageProps) {
	return (
		<Pane title={title} back={{ href: "/you", label: text("nav.toSettings") }}>
			{children}
		</Pane>
	);
}

export interface SettingsGroupProps {
	readonly title: string;
	/** What the group is about, or what its choices have in common. */
	readonly hint?: string;
	readonly children: ReactNode;
}

/** Settings that belong together, under a heading. */
export function SettingsGroup({ title, hint, children }: SettingsGroupProps) {
	return (
		<section className="settings-group" aria-label={title}>
			<h2>{title}</h2>
			{children}
			{hint !== undefined && <p className="settings-hint">{hint}</p>}
		</section>
	);
}
