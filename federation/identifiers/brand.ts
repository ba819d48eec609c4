declare const brand: unique symbol;

/** A string that passed its parser; only the parser of the kind produces it. */
export type Branded<Kind extends string> = string & { readonly [brand]: Kind };
