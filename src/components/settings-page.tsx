import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { text } from "../shared/text/text.ts";
import { Icon } from "./icon.tsx";

export interface SettingsPageProps {
	readonly title: string;
	readonly children: ReactNode;
}

/** A section of the settings: beside the list of sections where there is room, else a page of its own with a way back. */
export function SettingsPage({ title, children }: SettingsPageProps) {
	return (
		<main className="pane" aria-label={title}>
			<header className="bar">
				<Link className="back" href="/you" aria-label={text("nav.toSettings")}>
					<Icon of={ChevronLeft} size={24} flips />
				</Link>
				<div className="bar-title">
					<h1>{title}</h1>
				</div>
			</header>
			<div className="pane-scroll">
				<div className="pane-in">{children}</div>
			</div>
		</main>
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
