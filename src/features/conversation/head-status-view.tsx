export interface HeadStatusProps {
	/** Who is writing. */
	readonly typing: string | undefined;
	/** How many people, or how the other person is there. */
	readonly people: string | undefined;
}

/** The line under the name of a chat. Who is writing is said to readers too, who comes and goes is not: it never ends. */
export function HeadStatusView({ typing, people }: HeadStatusProps) {
	return (
		<p>
			{typing === undefined && people}
			<span className="is-typing" aria-live="polite">
				{typing}
			</span>
		</p>
	);
}
