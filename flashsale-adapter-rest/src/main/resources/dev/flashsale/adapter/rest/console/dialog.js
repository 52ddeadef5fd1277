// What an operator does: first what and why, then what will happen, and only then is it sent.
import {ask, session} from "./api.js";
import {h, problem, tell} from "./dom.js";

/** A field of a form; the kinds are those of input, and "check". */
function input({name, label, hint, kind = "text", value = "", required = false, options, ...more}) {
  const id = `field-${name}`;
  const words = [label, required ? null : kind === "check" ? null : h("small", {}, " (optional)"), hint ? h("small", {}, ` ${hint}`) : null];
  if (kind === "check") {
    return h("label", {class: "check"}, h("input", {id, name, type: "checkbox", checked: value === true}), h("span", {}, words));
  }
  const control = options
    ? h("select", {id, name, required}, options.map(([key, text]) => h("option", {value: key, selected: key === value}, text)))
    : h("input", {id, name, type: kind, required, value, autocomplete: "off", ...more});
  return h("label", {for: id}, h("span", {}, words), control);
}

function values(form) {
  return Object.fromEntries([...form.elements].filter(field => field.name)
    .map(field => [field.name, field.type === "checkbox" ? field.checked : field.value.trim()]));
}

/**
 * Asks for what an action takes, says what it will do, does it, and tells of it. Resolves to whether it was done.
 *
 * An action has a title, a verb for its button, fields, what it will do in sentences, and the request that does it; check
 * says what is wrong with the values, if anything.
 */
export function perform(action) {
  return new Promise(resolve => {
    const dialog = h("dialog", {"aria-labelledby": "dialog-title"});
    let done = false;
    dialog.addEventListener("close", () => { dialog.remove(); resolve(done); });
    document.body.append(dialog);

    const what = (kept = {}) => {
      const wrong = h("div", {});
      const form = h("form", {method: "dialog", novalidate: false},
        h("h2", {id: "dialog-title", tabindex: "-1"}, action.title),
        action.note ? h("p", {class: "note"}, action.note) : null,
        h("div", {class: "fields"}, (action.fields ?? []).map(field => input({...field, value: kept[field.name] ?? field.value}))),
        input({name: "reason", label: "Reason", hint: "It is recorded for good.", required: true, maxlength: 200, value: kept.reason ?? ""}),
        input({name: "operator", label: "Your name", hint: "Recorded beside the token.", maxlength: 60, value: kept.operator ?? session.name}),
        wrong,
        h("div", {class: "actions"},
          h("button", {type: "submit", class: "main"}, "Continue"),
          h("button", {type: "button", onclick: () => dialog.close()}, "Cancel")));
      form.addEventListener("submit", event => {
        event.preventDefault();
        const given = values(form);
        const fault = action.check?.(given);
        wrong.replaceChildren(...(fault ? [problem(new Error(fault))] : []));
        if (!fault) confirm(given);
      });
      dialog.replaceChildren(form);
      (form.querySelector("input, select")).focus();
    };

    const confirm = given => {
      session.name = given.operator;
      const wrong = h("div", {});
      const yes = h("button", {type: "submit", class: action.danger ? "danger" : "main"}, action.verb);
      const title = h("h2", {id: "dialog-title", tabindex: "-1"}, `${action.title}: what will happen`);
      const form = h("form", {method: "dialog"},
        title,
        h("div", {class: "will"}, h("ul", {}, action.will(given).map(sentence => h("li", {}, sentence)))),
        h("p", {class: "soft"}, `Recorded in the operators’ log: “${given.reason}”, ${given.operator ? `by ${given.operator}, ` : ""}with the token's fingerprint.`),
        wrong,
        h("div", {class: "actions"}, yes,
          h("button", {type: "button", onclick: () => what(given)}, "Back"),
          h("button", {type: "button", onclick: () => dialog.close()}, "Cancel")));
      form.addEventListener("submit", async event => {
        event.preventDefault();
        yes.disabled = true;
        try {
          const {path, method = "POST", body = {}, headers} = action.request(given);
          const answer = await ask(path, {
            method, headers,
            body: {...body, reason: given.reason, ...(given.operator ? {operator: given.operator} : {})},
          });
          done = true;
          dialog.close();
          tell(action.done(answer, given));
        } catch (failure) {
          yes.disabled = false;
          wrong.replaceChildren(problem(failure));
          yes.focus();
        }
      });
      dialog.replaceChildren(form);
      title.focus();
    };

    what();
    dialog.showModal();
    dialog.querySelector("input, select").focus();
  });
}

/** A button that performs an action, and then has the view look again. */
export function doer(label, action, then, kind = null) {
  return h("button", {type: "button", class: kind, onclick: async event => {
    const button = event.currentTarget;
    if (await perform(action())) await then();
    if (!button.isConnected) document.getElementById("main").focus();
  }}, label);
}
