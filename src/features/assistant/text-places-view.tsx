import { Bot, CircleHelp, Cpu, Database, Laptop, type LucideIcon, PowerOff, Reply, ScanSearch } from "lucide-react";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/assistant-places.ts";
import { text } from "../../shared/text/text.ts";

interface TextPlacesProps {
	/** The server whose assistant it is. */
	readonly host: string;
	/** It scrolls by itself, also by keys. */
	readonly isScrolled?: boolean;
}

interface Place {
	readonly key: string;
	readonly icon: LucideIcon;
	readonly title: string;
	/** What holds of it here. */
	readonly state?: string;
	readonly lines: readonly string[];
}

/** Where words go that are given to the assistant: each way by itself, and what stays behind. */
export function TextPlacesView({ host, isScrolled = false }: TextPlacesProps) {
	return (
		<ul className="places" tabIndex={isScrolled ? 0 : undefined} aria-label={text("places.title")}>
			{placesOf(host).map(({ key, icon, title, state, lines }) => (
				<li key={key} className="place">
					<Icon of={icon} />
					<div>
						<h3>{title}</h3>
						{state !== undefined && <p className="place-state">{state}</p>}
						<ul>
							{lines.map((line) => (
								<li key={line}>{line}</li>
							))}
						</ul>
					</div>
				</li>
			))}
		</ul>
	);
}

function placesOf(host: string): readonly Place[] {
	return [
		{
			...{ key: "personal", icon: Cpu, title: text("places.personal"), state: text("places.personalState") },
			lines: [
				text("places.personal1"),
				text("places.personal2", { host }),
				text("places.personal3", { host }),
				text("places.personal4", { host }),
				text("places.personal5"),
			],
		},
		{
			...{ key: "off", icon: PowerOff, title: text("places.off"), state: text("places.offState") },
			lines: [text("places.off1", { host }), text("places.off2"), text("places.off3")],
		},
		{
			...{ key: "auto", icon: Reply, title: text("places.auto"), state: text("places.autoState") },
			lines: [text("places.auto1", { host }), text("places.auto2")],
		},
		{
			...{ key: "meaning", icon: ScanSearch, title: text("places.meaning"), state: text("places.meaningState") },
			lines: [text("places.meaning1", { host }), text("places.meaning2")],
		},
		{
			...{ key: "help", icon: CircleHelp, title: text("places.help") },
			lines: [text("places.help1")],
		},
		{
			...{ key: "kept", icon: Database, title: text("places.kept") },
			lines: [text("places.kept1", { host }), text("places.kept2")],
		},
		{
			...{ key: "bot", icon: Bot, title: text("places.bot"), state: text("places.botState") },
			lines: [text("places.bot1", { host }), text("places.bot2"), text("places.bot3", { host })],
		},
		{
			...{ key: "own", icon: Laptop, title: text("places.own"), state: text("places.ownState") },
			lines: [
				text("places.own1", { host }),
				text("places.own2", { host }),
				text("places.own3"),
				text("places.own4", { host }),
			],
		},
	];
}
