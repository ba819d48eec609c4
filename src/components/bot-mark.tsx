import { Bot } from "lucide-react";
import "../shared/text/en/bot-mark.ts";
import { text } from "../shared/text/text.ts";
import { Icon } from "./icon.tsx";
import { useIsBot } from "./known-pictures.tsx";

/** Beside the name of whoever is the assistant; beside any other name nothing. */
export function BotMark({ id }: { readonly id: string }) {
	"use no memo";
	return (
		useIsBot(id) && (
			<span className="tag tag-info bot-mark">
				<Icon of={Bot} size={14} />
				{text("bot.mark")}
			</span>
		)
	);
}
