import { Button } from "../../components/button.tsx";
import { classNames } from "../../components/class-names.ts";
import type { ShownAction, ShownCell, ShownFact, ShownFacts, ShownRow, ShownRows } from "./shown-result.ts";

/** Says a line, as if it were typed. */
export interface SaysLines {
	readonly onSay: (line: string) => void;
}

/** Things under each other, with what is known of each. */
export function RowsView({ rows, onSay }: { readonly rows: ShownRows } & SaysLines) {
	return (
		<>
			<h2>{rows.title}</h2>
			{rows.rows.length > 0 && (
				<table className="console-table">
					<thead>
						<tr>
							{rows.columns.map((column) => (
								<th key={column} scope="col">
									{column}
								</th>
							))}
							<td />
						</tr>
					</thead>
					<tbody>
						{rows.rows.map((row) => (
							<Row key={row.key} row={row} columns={rows.columns} onSay={onSay} />
						))}
					</tbody>
				</table>
			)}
			{rows.note !== undefined && <p className="console-note">{rows.note}</p>}
		</>
	);
}

interface RowProps extends SaysLines {
	readonly row: ShownRow;
	readonly columns: readonly string[];
}

function Row({ row, columns, onSay }: RowProps) {
	return (
		<tr>
			<th scope="row">
				<b dir="auto">{row.name}</b>
				{row.detail !== undefined && row.detail !== "" && <small dir="auto">{row.detail}</small>}
			</th>
			{row.cells.map((cell, index) => (
				<td key={columns[index + 1]} data-label={columns[index + 1]}>
					<Cell cell={cell} />
				</td>
			))}
			<td className="act">
				<Actions actions={row.actions} onSay={onSay} />
			</td>
		</tr>
	);
}

function Cell({ cell: { words, look } }: { readonly cell: ShownCell }) {
	if (look === undefined) return <span dir="auto">{words}</span>;
	return <span className={classNames("tag", `tag-${look}`)}>{words}</span>;
}

function Actions({ actions, onSay }: { readonly actions: readonly ShownAction[] } & SaysLines) {
	return actions.map(({ label, name, line }) => (
		<Button key={line} look="second" size="small" aria-label={name} onClick={() => onSay(line)}>
			{label}
		</Button>
	));
}

/** One thing, with all that is known of it, and what can be done about it. */
export function FactsView({ facts, onSay }: { readonly facts: ShownFacts } & SaysLines) {
	return (
		<>
			<h2 dir="auto">{facts.title}</h2>
			<FactList facts={facts.facts} />
			{facts.actions.length > 0 && (
				<div className="console-actions">
					<Actions actions={facts.actions} onSay={onSay} />
				</div>
			)}
		</>
	);
}

export function FactList({ facts }: { readonly facts: readonly ShownFact[] }) {
	return (
		<dl className="console-facts">
			{facts.map((fact) => (
				<div key={fact.name}>
					<dt>{fact.name}</dt>
					<dd>
						<Cell cell={fact} />
					</dd>
				</div>
			))}
		</dl>
	);
}
