import { Cpu } from "lucide-react";
import Link from "next/link";
import { Icon } from "../../components/icon.tsx";
import type { AiPlace } from "../../shared/assistant/ai-place.ts";
import "../../shared/text/en/assistant.ts";
import { text } from "../../shared/text/text.ts";

const badges = {
	server: "assistant.badge",
	device: "assistant.deviceBadge",
	network: "assistant.networkBadge",
} as const;

/** Says whose machine reads what is given to the assistant, and leads to what is to be known about it. */
export function AiBadge({ place }: { readonly place: AiPlace }) {
	return (
		<p className="ai-badge">
			<Icon of={Cpu} size={16} />
			<span>
				{text(badges[place.kind], { host: place.name })}.{" "}
				<Link className="text-button" href="/you/assistant">
					{text("assistant.places")}
				</Link>
			</span>
		</p>
	);
}
