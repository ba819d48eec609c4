import { AlarmClock } from "lucide-react";
import Link from "next/link";
import { Icon } from "../../../components/icon.tsx";
import "../../../shared/text/en/reminders.ts";
import { text } from "../../../shared/text/text.ts";

export interface ReminderBarProps {
	readonly words: string;
	/** Where it was said. */
	readonly href: string;
	readonly onLater: () => void;
	readonly onDone: () => void;
}

/** Says on every page what the person wanted to be reminded of now, until they say that it is done. */
export function ReminderBarView({ words, href, onLater, onDone }: ReminderBarProps) {
	return (
		<section className="netbar-in" aria-label={text("remind.bar")}>
			<Icon of={AlarmClock} size={16} />
			<span role="alert" className="reminder-words" dir="auto">
				{words}
			</span>
			<Link className="text-button" href={href} prefetch={false}>
				{text("remind.open")}
			</Link>
			<button type="button" className="text-button" onClick={onLater}>
				{text("remind.later")}
			</button>
			<button type="button" className="text-button" onClick={onDone}>
				{text("remind.finish")}
			</button>
		</section>
	);
}
