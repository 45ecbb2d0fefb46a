"""A language model beside the rules: off unless an endpoint is set, and never believed without evidence.

In: an article taken apart (`engine.Survey`), the catalogue, an endpoint of the chat-completions
protocol. Out: claims of the extractor `llm:<model>`, and a trace of what was refused and why.

    prompt   what the model is asked, made of the catalogue
    answer   what it may answer, checked by pydantic
    client   the one module that knows the client library
    line     how requests leave: through the egress gate, paced, with patience, within the budget
    budget   how much may be spent, in a run and in a day
    cache    what was answered before, by text, prompt and model
    assertion  what was answered → a draft, or why it is none
    reader   all of it together, for one text after the other
    merge    the rules' claims and the model's, slot by slot

The model writes no number, date or offset that is stored: it points at words, which must stand in
the text as it gives them, and our own readers say what they mean. What can fail is `ModelError`;
then the rules' claims stand alone.
"""
