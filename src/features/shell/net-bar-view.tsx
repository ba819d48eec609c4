import { Cloud, CloudOff, LoaderCircle, RefreshCw } from "lucide-react";
import { classNames } from "../../components/class-names.ts";
import { Icon } from "../../components/icon.tsx";
import "../../shared/text/en/chats.ts";
import { text } from "../../shared/text/text.ts";

export interface NetBarProps {
	readonly state: "fine" | "connecting" | "reconnecting" | "offline" | "outdated" | "back";
	/** Until the next try; absent while one is under way. */
	readonly secondsLeft: number | undefined;
	readonly onTryNow: () => void;
	readonly onReload: () => void;
}

/**
 * The thin bar that says how the page stands with its server; never a modal. What is read out is said once: the seconds
 * that count down are for the eye.
 */
export function NetBarView({ state, secondsLeft, onTryNow, onReload }: NetBarProps) {
	"use no memo";
	return (
		<div className={classNames("netbar", `is-${state}`)}>
			<p className="visually-hidden" role="status">
				{state !== "fine" && text(`net.${state}`)}
			</p>
			{state !== "fine" && (
				<section className="netbar-in" aria-label={text("net.bar")}>
					<Icon {...icons[state]} size={16} />
					<span aria-hidden="true">{seen(state, secondsLeft)}</span>
					{state === "reconnecting" && (
						<button type="button" className="text-button" onClick={onTryNow}>
							{text("net.tryNow")}
						</button>
					)}
					{state === "outdated" && (
						<button type="button" className="text-button" onClick={onReload}>
							{text("net.reload")}
						</button>
					)}
				</section>
			)}
		</div>
	);
}

const icons = {
	connecting: { of: LoaderCircle, isSpinning: true },
	reconnecting: { of: CloudOff },
	offline: { of: CloudOff },
	outdated: { of: RefreshCw },
	back: { of: Cloud },
} as const;

function seen(state: keyof typeof icons, secondsLeft: number | undefined): string {
	if (state !== "reconnecting") return text(`net.${state}`);
	return secondsLeft === undefined ? text("net.reconnectingNow") : text("net.reconnectingIn", { count: secondsLeft });
}
