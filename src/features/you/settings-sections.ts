import {
	AlarmClock,
	CircleHelp,
	Cpu,
	EyeOff,
	type LucideIcon,
	MonitorSmartphone,
	Palette,
	ShieldCheck,
} from "lucide-react";
import { text } from "../../shared/text/text.ts";

/**
 * The sections of the settings in the order of the list; each is found at `/you/<id>`. A new one has an entry here and
 * below, its words in the catalogue, and what it shows in `src/pages/you`.
 */
export const listedSections = [
	"appearance",
	"privacy",
	"assistant",
	"reminders",
	"devices",
	"security",
	"help",
] as const;

/** The profile is the list's first row, with the person's own picture. */
export type SettingsSection = "profile" | (typeof listedSections)[number];

export const sectionIcons: Readonly<Record<(typeof listedSections)[number], LucideIcon>> = {
	appearance: Palette,
	privacy: EyeOff,
	assistant: Cpu,
	reminders: AlarmClock,
	devices: MonitorSmartphone,
	security: ShieldCheck,
	help: CircleHelp,
};

export function isSettingsSection(asked: string): asked is SettingsSection {
	return asked === "profile" || listedSections.some((section) => section === asked);
}

/** What a section is called; without one: what the address leads to. */
export function sectionTitle(section: SettingsSection | undefined): string {
	if (section === "help") return text("you.help");
	return section === undefined ? text("page.missingTitle") : text(`${section}.title`);
}
