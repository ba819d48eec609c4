/** How far an own message has come. */
export type TickState = "queued" | "sent" | "delivered" | "read";

export interface TickProps {
	readonly state: TickState;
	/** The state in words; absent where the words stand elsewhere. */
	readonly label?: string;
}

/** The four states differ by shape, not by colour alone. */
export function Tick({ state, label }: TickProps) {
	"use no memo";
	const width = { queued: 12, sent: 12, delivered: 17, read: 19 }[state];
	return (
		<svg
			className={`tick tick-${state}`}
			width={width}
			height={12}
			viewBox={`0 0 ${width} 12`}
			role="img"
			aria-hidden={label === undefined}
			aria-label={label}
		>
			{state === "queued" && <path d="M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1ZM6 3.2V6l1.9 1.2" />}
			{state === "sent" && <path d="M1.6 6.4 4.7 9.4 10.4 2.9" />}
			{state === "delivered" && <path d="M1.6 6.4 4.7 9.4 10.4 2.9M8.3 9.3l.1.1 5.9-6.5" />}
			{state === "read" && (
				<>
					<rect className="tick-capsule" width={19} height={12} rx={6} />
					<path className="tick-knock" d="M4 6.3 6.1 8.4 10 3.9M9.2 8.3l.1.1 3.9-4.5" />
				</>
			)}
		</svg>
	);
}
