import { type ChildNode, type Document, Element, Text } from "domhandler";

export type { ChildNode, Document, Text };
export { Element };
export const isElement = (node: unknown): node is Element => node instanceof Element;
export const isText = (node: unknown): node is Text => node instanceof Text;
export const attribute = (element: Element, name: string): string => element.attribs[name] ?? "";

/** The node after `node` in reading order under `root`, going down first unless `skip` is set. No recursion. */
export function following(root: Document | Element, node: ChildNode | Document, skip = false): ChildNode | null {
  if (!skip && "children" in node && node.children[0]) return node.children[0];
  let at: ChildNode | Document = node;
  while (at !== root) {
    if (at.next) return at.next as ChildNode;
    if (!at.parent) return null;
    at = at.parent as Element | Document;
  }
  return null;
}

/** All text under `root`. */
export function textIn(root: Document | Element): string {
  let text = "";
  for (let node = following(root, root); node; node = following(root, node)) if (isText(node)) text += node.data;
  return text;
}

/** The element around a node; null at the top of the page. */
export const parentOf = ({ parent }: ChildNode): Element | null => (isElement(parent) ? parent : null);
