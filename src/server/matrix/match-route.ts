import type { MatrixRoute } from "./matrix-route.ts";

/** Which endpoint a path is of. */
export type RouteMatch =
	| { readonly kind: "found"; readonly route: MatrixRoute; readonly params: Readonly<Record<string, string>> }
	| { readonly kind: "wrongMethod"; readonly allowed: readonly string[] }
	| { readonly kind: "unknown" };

export type MatchRoute = (method: string, path: string) => RouteMatch;

interface CompiledRoute {
	readonly route: MatrixRoute;
	readonly segments: readonly string[];
}

/**
 * Matches paths as they came over the wire, without a query. Literal segments are compared as they stand; a parameter is
 * one segment, not empty, and percent-decoded after the path was split: an encoded slash stays within its segment.
 */
export const createRouteMatcher = (routes: readonly MatrixRoute[]): MatchRoute => {
	const byLength = new Map<number, CompiledRoute[]>();
	for (const route of routes) {
		const segments = route.path.split("/");
		byLength.set(segments.length, [...(byLength.get(segments.length) ?? []), { route, segments }]);
	}
	return (method, path) => {
		const segments = path.split("/");
		const fitting = (byLength.get(segments.length) ?? []).flatMap((each) => {
			const params = paramsOf(each.segments, segments);
			return params === undefined ? [] : [{ route: each.route, params }];
		});
		const found = fitting.find(({ route }) => route.method === method);
		if (found !== undefined) return { kind: "found", ...found };
		if (fitting.length === 0) return { kind: "unknown" };
		return { kind: "wrongMethod", allowed: fitting.map(({ route }) => route.method) };
	};
};

const paramsOf = (
	pattern: readonly string[],
	segments: readonly string[],
): Readonly<Record<string, string>> | undefined => {
	const params: Record<string, string> = {};
	for (const [at, wanted] of pattern.entries()) {
		const segment = segments[at] ?? "";
		if (!wanted.startsWith("{")) {
			if (wanted !== segment) return undefined;
			continue;
		}
		const value = decoded(segment);
		if (value === undefined || value === "") return undefined;
		params[wanted.slice(1, -1)] = value;
	}
	return params;
};

const decoded = (segment: string): string | undefined => {
	try {
		return decodeURIComponent(segment);
	} catch {
		return undefined;
	}
};
