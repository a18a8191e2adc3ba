/** The text of a pack: CodeMirror in a shadow root. */
import { autocompletion } from "@codemirror/autocomplete";
import { yaml, yamlLanguage } from "@codemirror/lang-yaml";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { basicSetup } from "codemirror";
import { type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import { rules as text } from "../../../strings/rules";
import { completions } from "./complete";
import { expressions } from "./expressions";
import { hovers } from "./hover";
import type { Problem } from "./problems";
import { theme } from "./theme";
import type { Vocabulary } from "./vocabulary";

export interface CodeHandle {
  /** Puts the cursor there and the focus into the text. */
  goTo: (from: number, to?: number) => void;
  replace: (from: number, to: number, words: string) => void;
  set: (text: string) => void;
}

interface CodeEditorProps {
  /** The text to begin with. From then on the editor has it, so that no key typed meanwhile is lost; `set` replaces it. */
  start: string;
  onChange: (value: string) => void;
  problems: readonly Problem[];
  vocabulary: Vocabulary;
  readOnly: boolean;
  handle: RefObject<CodeHandle | null>;
}

export default function CodeEditor({ start, onChange, problems, vocabulary, readOnly, handle }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ onChange, vocabulary });
  useEffect(() => {
    latest.current = { onChange, vocabulary };
  });

  // Made once; what changes later is handed in by the effects below.
  useEffect(() => {
    if (!host.current) return;
    // Styles that CodeMirror makes itself may only come as adopted style sheets, by our policy, and it adopts them only in a shadow root.
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: "open" });
    const made = new EditorView({ parent: root, root, state: stateOf(start, readOnly, latest) });
    view.current = made;
    return () => made.destroy();
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);

  useEffect(() => {
    if (view.current) view.current.dispatch(setDiagnostics(view.current.state, problems.map((problem) => diagnosticOf(problem, view.current?.state.doc.length ?? 0))));
  }, [problems]);
  useImperativeHandle(handle, () => ({
    goTo: (from, to = from) => {
      const length = view.current?.state.doc.length ?? 0;
      view.current?.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) }, scrollIntoView: true });
      view.current?.focus();
    },
    replace: (from, to, insert) => view.current?.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length }, userEvent: "input.complete" }),
    set: (insert) => view.current?.dispatch({ changes: { from: 0, to: view.current.state.doc.length, insert } }),
  }), []);

  return <div ref={host} className="code" />;
}

type Latest = RefObject<{ onChange: (value: string) => void; vocabulary: Vocabulary }>;

function stateOf(start: string, readOnly: boolean, latest: Latest): EditorState {
  const vocabulary = () => latest.current.vocabulary;
  return EditorState.create({
    doc: start,
    extensions: [
      basicSetup, yaml(), yamlLanguage.data.of({ autocomplete: completions(vocabulary) }), autocompletion({ icons: false }), lintGutter(), hovers(vocabulary), expressions, theme,
      EditorView.lineWrapping,
      EditorState.readOnly.of(readOnly),
      EditorView.contentAttributes.of({ "aria-label": text.editor.text, spellcheck: "false", tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current.onChange(update.state.doc.toString());
      }),
    ],
  });
}

function diagnosticOf({ severity, message, from, to, suggestion }: Problem, length: number) {
  const replace = (view: EditorView, start: number, end: number) => view.dispatch({ changes: { from: start, to: end, insert: suggestion ?? "" } });
  return {
    from: Math.min(from, length), to: Math.min(to, length), severity: severity === "error" ? "error" as const : "warning" as const, message,
    actions: suggestion === null ? [] : [{ name: text.editor.use(suggestion), apply: replace }],
  };
}
