import { type Alias, type Document, isAlias, type Node, visit } from 'yaml';

/** What the aliases of a document lead to. */
export type Anchors = (alias: Alias) => Node | undefined;

/**
 * Finds what each alias leads to: the last node before it with that anchor. The document is gone through once, when the
 * first alias is asked for; `alias.resolve` goes through it for each.
 */
export function anchorsOf(document: Document.Parsed): Anchors {
  let targets: ReadonlyMap<Alias, Node> | undefined;
  return (alias) => {
    targets ??= allTargets(document);
    return targets.get(alias);
  };
}

function allTargets(document: Document.Parsed): ReadonlyMap<Alias, Node> {
  const targets = new Map<Alias, Node>();
  const anchored = new Map<string, Node>();
  visit(document, {
    Node: (_, node) => {
      if (isAlias(node)) {
        const target = anchored.get(node.source);
        if (target) targets.set(node, target);
      } else if (node.anchor !== undefined) {
        anchored.set(node.anchor, node);
      }
    },
  });
  return targets;
}
