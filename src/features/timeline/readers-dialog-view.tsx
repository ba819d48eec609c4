import { ServerOff, UsersRound, X } from "lucide-react";
import { EmptyState } from "../../components/empty-state.tsx";
import { FailedState } from "../../components/failed-state.tsx";
import { Icon } from "../../components/icon.tsx";
import { IconButton } from "../../components/icon-button.tsx";
import { Modal } from "../../components/modal.tsx";
import { PictureLine } from "../../components/picture-line.tsx";
import { SkeletonRows } from "../../components/skeleton-rows.tsx";
import { Tick } from "../../components/tick.tsx";
import { text } from "../../shared/text/text.ts";

export interface ReaderSnapshot {
	readonly userId: string;
	readonly name: string;
	readonly state: "read" | "delivered" | "sent";
	/** When they read it, in words. */
	readonly when: string | undefined;
}

export type ReadersState =
	| { readonly kind: "loading" }
	| { readonly kind: "failed" }
	| {
			readonly kind: "known";
			readonly people: readonly ReaderSnapshot[];
			readonly servers: readonly WaitedServerSnapshot[];
	  };

/** A server that does not have it yet. */
export interface WaitedServerSnapshot {
	readonly serverName: string;
	/** Why, in words. */
	readonly why: string;
}

export interface ReadersDialogProps {
	readonly state: ReadersState;
	/** False: the reader gives no read receipts, and so gets none. */
	readonly hasReceipts: boolean;
	readonly onClose: () => void;
	readonly onRetry: () => void;
}

/** Who has read a message, and who has it. */
export function ReadersDialogView({ state, hasReceipts, onClose, onRetry }: ReadersDialogProps) {
	return (
		<Modal className="dialog" label={text("message.readers")} onClose={onClose}>
			<div className="sheet readers">
				<header className="readers-head">
					<h2>{text("message.readers")}</h2>
					<IconButton icon={X} label={text("common.close")} onClick={onClose} />
				</header>
				{!hasReceipts && <p className="readers-note">{text("message.readersHidden")}</p>}
				<People state={state} onRetry={onRetry} />
				{state.kind === "known" && state.servers.length > 0 && <Servers servers={state.servers} />}
			</div>
		</Modal>
	);
}

const states = ["read", "delivered", "sent"] as const;
const titles = {
	read: "message.readersRead",
	delivered: "message.readersDelivered",
	sent: "message.readersSent",
} as const;

function People({ state, onRetry }: Pick<ReadersDialogProps, "state" | "onRetry">) {
	if (state.kind === "loading") return <SkeletonRows count={3} label={text("common.loading")} />;
	if (state.kind === "failed") {
		return <FailedState text={text("message.readersFailed")} onRetry={onRetry} />;
	}
	if (state.people.length === 0) {
		return <EmptyState icon={UsersRound} title={text("message.readers")} text={text("message.readersNone")} />;
	}
	return states.map((kind) => {
		const people = state.people.filter((one) => one.state === kind);
		if (people.length === 0) return null;
		return (
			<section key={kind} className="readers-part">
				<h3>
					<Tick state={kind} />
					{text(titles[kind])}
				</h3>
				<ul aria-label={text(titles[kind])}>
					{people.map(({ userId, name, when }) => (
						<li key={userId}>
							<PictureLine id={userId} name={name} size={36}>
								{when !== undefined && <time className="end">{when}</time>}
							</PictureLine>
						</li>
					))}
				</ul>
			</section>
		);
	});
}

function Servers({ servers }: { readonly servers: readonly WaitedServerSnapshot[] }) {
	return (
		<section className="readers-part">
			<h3>
				<Icon of={ServerOff} size={16} />
				{text("message.serversWithout")}
			</h3>
			<ul aria-label={text("message.serversWithout")}>
				{servers.map(({ serverName, why }) => (
					<li className="line line-2 line-still" key={serverName}>
						<span className="line-text">
							{serverName}
							<small>{why}</small>
						</span>
					</li>
				))}
			</ul>
		</section>
	);
}
